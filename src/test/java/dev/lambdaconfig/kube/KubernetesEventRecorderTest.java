package dev.lambdaconfig.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.status.Notice;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Events that are sent, and what becomes of them where the API server takes none. */
final class KubernetesEventRecorderTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-26T03:00:00.9Z"), ZoneOffset.UTC);

  private final List<Event> created = Collections.synchronizedList(new ArrayList<>());
  private Consumer<Event> beforeAnswer = event -> {};
  private int refusal;

  @Test
  void anEventNamesItsResourceAndSaysWhetherSomebodyShouldLook() {
    // When
    record(new Notice(true, "Stalled", "no"), new Notice(false, "UpdateStarted", "yes"));

    // Then
    assertThat(created).extracting(Event::getType).containsExactly("Warning", "Normal");
    Event event = created.getFirst();
    assertThat(event.getInvolvedObject().getName()).isEqualTo("orders");
    assertThat(event.getInvolvedObject().getUid()).isEqualTo("uid");
    assertThat(event.getMetadata().getNamespace()).isEqualTo("team-a");
    assertThat(event.getReason()).isEqualTo("Stalled");
    assertThat(event.getLastTimestamp()).isEqualTo("2026-11-26T03:00:00Z");
  }

  @Test
  void aMessageIsCutWhereItIsTooLong() {
    // When
    record(
        new Notice(false, "Longest", "x".repeat(1000)),
        new Notice(false, "TooLong", "x".repeat(1001)));

    // Then
    assertThat(created)
        .extracting(Event::getMessage)
        .containsExactly("x".repeat(1000), "x".repeat(999) + "…");
  }

  @Test
  void anEventThatIsRecordedOnceIsNamedByItsKeyAndOthersAreNot() {
    // Given
    Notice notice = new Notice(false, "Restored", "done");
    KubernetesEventRecorder recorder = new KubernetesEventRecorder(client(), CLOCK);

    // When
    recorder.recordOnce(resource("uid"), "key", notice);
    recorder.record(resource("uid"), notice);
    recorder.record(resource("uid"), new Notice(false, "Restored", "and again"));
    recorder.close();

    // Then
    List<String> names = created.stream().map(event -> event.getMetadata().getName()).toList();
    assertThat(names).hasSize(3).doesNotHaveDuplicates().startsWith("orders.key");
  }

  @Test
  void equalEventsThatWaitAreSentAsOneThatCountsThem() {
    // Given
    KubernetesEventRecorder recorder = new KubernetesEventRecorder(client(), CLOCK);
    Semaphore released = new Semaphore(0);
    beforeAnswer = event -> released.acquireUninterruptibly();
    recorder.record(resource("uid"), new Notice(false, "First", ""));

    // When: the same happens while the API server takes its time
    await(() -> !created.isEmpty());
    for (int i = 0; i < 3; i++) {
      recorder.record(resource("uid"), new Notice(true, "DriftDetected", "differs in timeout"));
      recorder.record(resource("uid"), new Notice(true, "DriftDetected", "differs in layers"));
      recorder.recordOnce(resource("uid"), "key", new Notice(false, "Restored", ""));
    }
    released.release(10);
    recorder.close();

    // Then
    assertThat(created)
        .extracting(Event::getMessage, Event::getCount)
        .containsExactly(
            tuple("", 1),
            tuple("differs in timeout", 3),
            tuple("differs in layers", 3),
            tuple("", 1));
  }

  @Test
  void anEventThatTakesLongHoldsUpThoseOfItsResourceAlone() {
    // Given
    KubernetesEventRecorder recorder = new KubernetesEventRecorder(client(), CLOCK);
    Semaphore released = new Semaphore(0);
    beforeAnswer =
        event -> {
          if (event.getReason().equals("Slow")) {
            released.acquireUninterruptibly();
          }
        };

    // When: the two are in different lanes
    recorder.record(resource("a"), new Notice(false, "Slow", ""));
    recorder.record(resource("a"), new Notice(false, "AfterSlow", ""));
    recorder.record(resource("b"), new Notice(false, "Other", ""));

    // Then
    await(() -> reasons().contains("Other"));
    assertThat(reasons()).doesNotContain("AfterSlow");
    released.release();
    recorder.close();
    assertThat(reasons()).containsSubsequence("Slow", "AfterSlow");
  }

  @ParameterizedTest
  @ValueSource(ints = {409, 404, 403, 500})
  void anApiServerThatRefusesAnEventGetsTheNext(int code) {
    // Given
    refusal = code;

    // When
    record(new Notice(false, "First", ""), new Notice(false, "Second", ""));

    // Then
    assertThat(created).extracting(Event::getReason).containsExactly("First", "Second");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anEventThatTheClientCannotSendHoldsUpNoLaterOne(boolean isError) {
    // Given
    beforeAnswer =
        event -> {
          if (event.getReason().equals("First")) {
            if (isError) {
              throw new NoClassDefFoundError("of the client");
            }
            throw new IllegalStateException("not by the API server");
          }
        };

    // When
    record(new Notice(false, "First", ""), new Notice(false, "Second", ""));

    // Then
    assertThat(created).extracting(Event::getReason).containsExactly("First", "Second");
  }

  @Test
  void afterTheEndNothingIsSentAndNothingFails() {
    // Given
    KubernetesEventRecorder recorder = new KubernetesEventRecorder(client(), CLOCK);
    recorder.close();

    // When
    recorder.record(resource("uid"), new Notice(false, "Late", ""));

    // Then
    assertThat(created).isEmpty();
  }

  private void record(Notice... notices) {
    // Its end waits for what is to be sent.
    try (KubernetesEventRecorder recorder = new KubernetesEventRecorder(client(), CLOCK)) {
      for (Notice notice : notices) {
        recorder.record(resource("uid"), notice);
      }
    }
  }

  private static LambdaFunctionConfig resource(String uid) {
    LambdaFunctionConfig resource = new LambdaFunctionConfig();
    resource.getMetadata().setNamespace("team-a");
    resource.getMetadata().setName("orders");
    resource.getMetadata().setUid(uid);
    return resource;
  }

  private KubernetesClient client() {
    return proxy(
        KubernetesClient.class,
        (self, method, arguments) -> {
          Event event = new KubernetesSerialization().convertValue(arguments[2], Event.class);
          assertThat(arguments).startsWith("/api/v1/namespaces/team-a/events", "POST");
          created.add(event);
          beforeAnswer.accept(event);
          if (refusal != 0) {
            throw new KubernetesClientException("refused", refusal, null);
          }
          return "{}";
        });
  }

  private List<String> reasons() {
    synchronized (created) {
      return created.stream().map(Event::getReason).toList();
    }
  }

  private static void await(Callable<Boolean> condition) {
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(condition);
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
