package dev.lambdaconfig.kube;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.kube.EventQueue.Pending;
import dev.lambdaconfig.kube.EventQueue.Subject;
import dev.lambdaconfig.status.Notice;
import dev.lambdaconfig.text.WholeText;
import dev.lambdaconfig.timing.WaitingThreads;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@link EventRecorder} that sends to the API server, from threads of its own: a reconcile must not
 * wait for a report. The Events of a resource are sent in order, those of several resources at the
 * same time, so that they keep up with a change of the whole fleet. Events that do not fit the
 * queue are logged instead.
 */
public final class KubernetesEventRecorder implements EventRecorder {

  private static final Logger LOG = LoggerFactory.getLogger(KubernetesEventRecorder.class);

  private static final String COMPONENT = "lambda-config-operator";

  /** Events that are sent at the same time: what one connection each can take of an API server. */
  private static final int LANES = 8;

  /** Room for more than 10,000 Events of usual length, and for 3,000 of the longest. */
  private static final long MOST_BYTES = 8_000_000;

  private static final int LONGEST_MESSAGE = 1_000;

  private final KubernetesClient client;
  private final Clock clock;
  private final String instance = Objects.requireNonNullElse(System.getenv("HOSTNAME"), COMPONENT);
  private final EventQueue queue = new EventQueue(LANES, MOST_BYTES);
  private final ExecutorService senders = WaitingThreads.perTask("event-recorder");

  /** Creates a recorder that sends through the given client. */
  public KubernetesEventRecorder(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  @Override
  public void record(LambdaFunctionConfig about, Notice notice) {
    add(about, notice, UUID.randomUUID().toString().substring(0, 13), false);
  }

  @Override
  public void recordOnce(LambdaFunctionConfig about, String key, Notice notice) {
    add(about, notice, key, true);
  }

  private void add(LambdaFunctionConfig about, Notice notice, String suffix, boolean once) {
    Pending event = Pending.of(about, cut(notice), suffix, once, clock.instant());
    switch (queue.add(event)) {
      case QUEUED -> {}
      case REFUSED -> log(event, "the queue of Events is full");
      case FIRST -> start(queue.lane(event.subject()));
    }
  }

  private static Notice cut(Notice notice) {
    String message = notice.message();
    return message.length() <= LONGEST_MESSAGE
        ? notice
        : new Notice(
            notice.warning(), notice.reason(), WholeText.start(message, LONGEST_MESSAGE - 1) + "…");
  }

  private void start(int lane) {
    try {
      senders.execute(() -> send(lane));
    } catch (RejectedExecutionException e) {
      for (Pending late = queue.next(lane); late != null; late = queue.next(lane)) {
        log(late, "the operator stops");
      }
    }
  }

  private void send(int lane) {
    for (Pending event = queue.next(lane); event != null; event = queue.next(lane)) {
      create(event);
    }
  }

  private void create(Pending event) {
    String path = "/api/v1/namespaces/" + event.subject().namespace() + "/events";
    try {
      // The answer is the same Event, which nobody reads.
      var unused = client.raw(path, "POST", json(event));
    } catch (KubernetesClientException e) {
      // The Event exists already, as recordOnce intends, or the namespace is gone or being deleted
      // and takes none.
      if (e.getCode() != HttpURLConnection.HTTP_CONFLICT
          && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND
          && !AdmissionRefusal.isInTerminatingNamespace(e)) {
        log(event, "the API server answered " + e.getCode());
      }
    } catch (RuntimeException | Error e) {
      // Whatever it is: the thread has to go on, or nobody would send from its lane any more.
      log(event, e.toString());
    }
  }

  private static void log(Pending event, String why) {
    LOG.atWarn()
        .addKeyValue("namespace", event.subject().namespace())
        .addKeyValue("name", event.subject().name())
        .addKeyValue("reason", event.notice().reason())
        .addKeyValue("why", why)
        .log("an Event could not be recorded");
  }

  /** The Event as the API server takes it, in maps: its model would be another twenty classes. */
  private Map<String, @Nullable Object> json(Pending event) {
    Subject subject = event.subject();
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("apiVersion", "v1");
    json.put("kind", "Event");
    json.put(
        "metadata",
        Map.of(
            "name", EventNames.of(subject.name(), event.suffix()),
            "namespace", subject.namespace()));
    json.put("involvedObject", reference(subject));
    json.put("type", event.notice().warning() ? "Warning" : "Normal");
    json.put("reason", event.notice().reason());
    json.put("message", event.notice().message());
    json.put("action", "Reconcile");
    json.put("reportingComponent", COMPONENT);
    json.put("reportingInstance", instance);
    json.put("source", Map.of("component", COMPONENT));
    json.put("firstTimestamp", seconds(event.first()));
    json.put("lastTimestamp", seconds(event.last()));
    json.put("count", event.count());
    return json;
  }

  private static Map<String, @Nullable Object> reference(Subject subject) {
    Map<String, @Nullable Object> reference = new LinkedHashMap<>();
    reference.put("apiVersion", subject.apiVersion());
    reference.put("kind", subject.kind());
    reference.put("namespace", subject.namespace());
    reference.put("name", subject.name());
    reference.put("uid", subject.uid());
    reference.put("resourceVersion", subject.resourceVersion());
    return reference;
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  @Override
  public void sizes(StateSizes sizes) {
    queue.sizes(sizes);
  }

  @Override
  public void close() {
    senders.shutdown();
    try {
      if (!senders.awaitTermination(5, TimeUnit.SECONDS)) {
        LOG.atWarn()
            .addKeyValue("waiting", queue.size())
            .log("the operator stops before all Events are sent");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
