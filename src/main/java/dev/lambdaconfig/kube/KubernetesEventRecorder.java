package dev.lambdaconfig.kube;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.status.Notice;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link EventRecorder} that sends to the API server, from one thread of its own: a reconcile must
 * not wait for a report. Events that do not fit the queue are logged instead.
 */
public final class KubernetesEventRecorder implements EventRecorder {

  private static final Logger LOG = LoggerFactory.getLogger(KubernetesEventRecorder.class);

  private static final String COMPONENT = "lambda-config-operator";
  private static final int QUEUE = 5_000;
  private static final int LONGEST_MESSAGE = 1_000;

  private final KubernetesClient client;
  private final Clock clock;
  private final String instance = Objects.requireNonNullElse(System.getenv("HOSTNAME"), COMPONENT);
  private final ThreadPoolExecutor sender =
      new ThreadPoolExecutor(
          1,
          1,
          1,
          TimeUnit.MINUTES,
          new ArrayBlockingQueue<>(QUEUE),
          Thread.ofPlatform().name("event-recorder").daemon().factory());

  /** Creates a recorder that sends through the given client. */
  public KubernetesEventRecorder(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  @Override
  public void record(LambdaFunctionConfig about, Notice notice) {
    send(about, UUID.randomUUID().toString().substring(0, 13), notice);
  }

  @Override
  public void recordOnce(LambdaFunctionConfig about, String key, Notice notice) {
    send(about, key, notice);
  }

  private void send(LambdaFunctionConfig about, String suffix, Notice notice) {
    Event event = event(about, suffix, notice, clock.instant());
    try {
      sender.execute(() -> create(event));
    } catch (RejectedExecutionException e) {
      log(event, "the queue of Events is full");
    }
  }

  private void create(Event event) {
    try {
      client.resource(event).create();
    } catch (KubernetesClientException e) {
      // The Event exists already, as recordOnce intends, or the namespace terminates and takes
      // none.
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT
          && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
        log(event, "the API server answered " + e.getCode());
      }
    }
  }

  private static void log(Event event, String why) {
    LOG.atWarn()
        .addKeyValue("namespace", event.getMetadata().getNamespace())
        .addKeyValue("name", event.getInvolvedObject().getName())
        .addKeyValue("reason", event.getReason())
        .addKeyValue("why", why)
        .log("an Event could not be recorded");
  }

  private Event event(LambdaFunctionConfig about, String suffix, Notice notice, Instant now) {
    String name = about.getMetadata().getName();
    String message = notice.message();
    String time = now.truncatedTo(ChronoUnit.SECONDS).toString();
    return new EventBuilder()
        .withNewMetadata()
        .withName(EventNames.of(name, suffix))
        .withNamespace(about.getMetadata().getNamespace())
        .endMetadata()
        .withNewInvolvedObject()
        .withApiVersion(about.getApiVersion())
        .withKind(about.getKind())
        .withNamespace(about.getMetadata().getNamespace())
        .withName(name)
        .withUid(about.getMetadata().getUid())
        .withResourceVersion(about.getMetadata().getResourceVersion())
        .endInvolvedObject()
        .withType(notice.warning() ? "Warning" : "Normal")
        .withReason(notice.reason())
        .withMessage(
            message.length() <= LONGEST_MESSAGE
                ? message
                : message.substring(0, LONGEST_MESSAGE - 1) + "…")
        .withAction("Reconcile")
        .withReportingComponent(COMPONENT)
        .withReportingInstance(instance)
        .withNewSource()
        .withComponent(COMPONENT)
        .endSource()
        .withFirstTimestamp(time)
        .withLastTimestamp(time)
        .withCount(1)
        .build();
  }

  @Override
  public void sizes(StateSizes sizes) {
    sizes.add("KubernetesEventRecorder.sender", sender.getQueue().size());
  }

  @Override
  public void close() {
    sender.shutdown();
    try {
      if (!sender.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.atWarn()
            .addKeyValue("waiting", sender.getQueue().size())
            .log("the operator stops before all Events are sent");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
