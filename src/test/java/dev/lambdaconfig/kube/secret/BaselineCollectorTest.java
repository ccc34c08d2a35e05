package dev.lambdaconfig.kube.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.UpdateRecord;
import dev.lambdaconfig.kube.InMemoryKubernetes;
import dev.lambdaconfig.model.Value;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is told of baselines that cannot be checked or deleted. */
final class BaselineCollectorTest {

  private static final Duration ELEVEN_MINUTES = Duration.ofMinutes(11);

  private static final UpdateRecord ENDED =
      new UpdateRecord(
          null, List.of("timeout"), "SpecChanged", null, null, "Succeeded", null, null);

  private final InMemoryKubernetes kubernetes = new InMemoryKubernetes();
  private final BaselineSecrets secrets =
      new BaselineSecrets(kubernetes.client, "operator", Clock.systemUTC());

  /** A timer without a thread: the test runs what is scheduled. */
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, task -> null);

  private final BaselineCollector collector =
      new BaselineCollector(kubernetes.client, secrets, Set.of(), timer);
  private final Logger logger = (Logger) LoggerFactory.getLogger(BaselineCollector.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void start() {
    lines.start();
    logger.setLevel(Level.WARN);
    logger.addAppender(lines);
    collector.start();
  }

  @AfterEach
  void close() {
    collector.close();
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  @Test
  void aBaselineWithoutAResourceIsDeleted() {
    // Given
    keep("a");

    // When
    check();

    // Then
    assertThat(kubernetes.secrets).isEmpty();
    assertThat(collector.unchecked()).isZero();
    assertThat(warnings()).isZero();
  }

  @Test
  void oneThatIsCreatedAnewDuringItsCheckStays() {
    // Given one that no status names, since the update that it was kept for was not announced
    LambdaFunctionConfig updatedBefore = resource("a");
    LambdaFunctionConfigStatus status = new LambdaFunctionConfigStatus();
    status.history = List.of(ENDED);
    updatedBefore.setStatus(status);
    kubernetes.found.add(updatedBefore);
    keep(updatedBefore);
    ageSecret();
    kubernetes.refusal = 500;
    kubernetes.refused =
        method -> {
          if (method.equals("delete")) {
            kubernetes.refused = none -> false;
            // The collector is about to delete it, and a reconcile is about to announce an update.
            keep(updatedBefore);
          }
          return false;
        };

    // When
    check();

    // Then
    assertThat(kubernetes.secrets).hasSize(1);
    assertThat(collector.unchecked()).isZero();
    assertThat(warnings()).isZero();
  }

  @Test
  void theOnlyCopyOfFormerValuesIsNotDeletedToBeCreatedAnew() {
    // Given a status that was wiped, so that it says nothing of the Secret
    keep("a");
    ageSecret();
    kubernetes.requests.clear();

    // When
    keep("a");

    // Then
    assertThat(kubernetes.requests).noneMatch(request -> request.startsWith("delete"));
  }

  private void ageSecret() {
    Secret old = kubernetes.secrets.values().iterator().next();
    old.getMetadata().setCreationTimestamp(Instant.now().minus(ELEVEN_MINUTES).toString());
  }

  @Test
  void anOperatorThatBeginsToLeadChecksAtOnceAndNotInAnHour() throws InterruptedException {
    // Given
    check();
    keep("a");

    // When
    collector.checkNow();
    timer.getQueue().take().run();

    // Then
    assertThat(kubernetes.secrets).isEmpty();
    assertThat(timer.getQueue()).as("the hourly check").hasSize(1);
  }

  @Test
  void oneThatStopsAtThatMomentChecksNothing() {
    // Given
    collector.close();

    // When, Then
    assertThatNoException().isThrownBy(collector::checkNow);
  }

  @Test
  void thoseThatCannotBeDeletedAreCountedAndToldOnceARound() {
    // Given
    keep("a");
    keep("b");
    kubernetes.refusal = 500;
    kubernetes.refused = "delete"::equals;

    // When
    check();

    // Then
    assertThat(collector.unchecked()).isEqualTo(2);
    assertThat(warnings()).isEqualTo(1);

    // When
    kubernetes.refusal = 0;
    check();

    // Then
    assertThat(collector.unchecked()).isZero();
    assertThat(warnings()).isEqualTo(1);
    assertThat(kubernetes.secrets).isEmpty();
  }

  @Test
  void aSecretThatIsNotAsItWasWrittenCostsNoOtherItsCheck() {
    // Given
    keep("a");
    kubernetes.secrets.put("operator/0", new Secret());
    keep("b");

    // When
    check();

    // Then
    assertThat(kubernetes.secrets).containsOnlyKeys("operator/0");
    assertThat(collector.unchecked()).isEqualTo(1);
  }

  @Test
  void withoutTheRightNothingIsToldWhereNothingIsKept() {
    // Given
    kubernetes.refusal = 403;

    // When
    check();

    // Then
    assertThat(collector.unchecked()).isZero();
    assertThat(warnings()).isZero();
  }

  @Test
  void aRightThatWasTakenAwayIsTold() {
    // Given
    keep("a");
    kubernetes.refusal = 403;

    // When
    check();

    // Then
    assertThat(collector.unchecked()).isEqualTo(1);
    assertThat(warnings()).isEqualTo(1);
  }

  @Test
  void manyThatGoWhileTheApiServerFailsAreToldOnceUntilTheNextRound() {
    // Given
    keep("a");
    keep("b");
    kubernetes.refusal = 500;

    // When
    collector.gone(resource("a"));
    collector.gone(resource("b"));

    // Then
    assertThat(collector.unchecked()).isEqualTo(2);
    assertThat(warnings()).isEqualTo(1);
  }

  private void keep(String uid) {
    keep(resource(uid));
  }

  private void keep(LambdaFunctionConfig resource) {
    var unused = secrets.keep(resource, Map.of("AA", new Value.Secret("x")), false);
  }

  private static LambdaFunctionConfig resource(String uid) {
    LambdaFunctionConfig resource = new LambdaFunctionConfig();
    resource.setMetadata(
        new ObjectMetaBuilder().withNamespace("team-a").withName("of-" + uid).withUid(uid).build());
    return resource;
  }

  private long warnings() {
    return lines.list.stream().filter(line -> line.getLevel() == Level.WARN).count();
  }

  private void check() {
    Runnable task = Objects.requireNonNull(timer.getQueue().peek());
    timer.remove(task);
    task.run();
  }
}
