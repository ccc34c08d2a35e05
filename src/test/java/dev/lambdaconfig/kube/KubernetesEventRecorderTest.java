package dev.lambdaconfig.kube;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.status.Notice;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.NamespaceableResource;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Events that are sent, and what becomes of them where the API server takes none. */
final class KubernetesEventRecorderTest {

  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-26T03:00:00.9Z"), ZoneOffset.UTC);

  private final List<Event> created = Collections.synchronizedList(new ArrayList<>());
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
    recorder.recordOnce(resource(), "key", notice);
    recorder.recordOnce(resource(), "key", notice);
    recorder.record(resource(), notice);
    recorder.record(resource(), notice);
    recorder.close();

    // Then
    List<String> names = created.stream().map(event -> event.getMetadata().getName()).toList();
    assertThat(names.subList(0, 2)).containsOnly("orders.key");
    assertThat(names.subList(2, 4)).doesNotHaveDuplicates().doesNotContain("orders.key");
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

  @Test
  void afterTheEndNothingIsSentAndNothingFails() {
    // Given
    KubernetesEventRecorder recorder = new KubernetesEventRecorder(client(), CLOCK);
    recorder.close();

    // When
    recorder.record(resource(), new Notice(false, "Late", ""));

    // Then
    assertThat(created).isEmpty();
  }

  private void record(Notice... notices) {
    // Its end waits for what is to be sent.
    try (KubernetesEventRecorder recorder = new KubernetesEventRecorder(client(), CLOCK)) {
      for (Notice notice : notices) {
        recorder.record(resource(), notice);
      }
    }
  }

  private static LambdaFunctionConfig resource() {
    LambdaFunctionConfig resource = new LambdaFunctionConfig();
    resource.getMetadata().setNamespace("team-a");
    resource.getMetadata().setName("orders");
    resource.getMetadata().setUid("uid");
    return resource;
  }

  private KubernetesClient client() {
    return proxy(
        KubernetesClient.class,
        (self, method, arguments) ->
            proxy(
                NamespaceableResource.class,
                (resource, call, none) -> {
                  created.add((Event) arguments[0]);
                  if (refusal != 0) {
                    throw new KubernetesClientException("refused", refusal, null);
                  }
                  return arguments[0];
                }));
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
  }
}
