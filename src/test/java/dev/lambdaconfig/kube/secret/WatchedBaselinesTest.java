package dev.lambdaconfig.kube.secret;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.kube.InMemoryKubernetes;
import dev.lambdaconfig.model.Value;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The check of a baseline of namespace {@code team-a}, where the operator may list nothing. */
final class WatchedBaselinesTest {

  private final InMemoryKubernetes kubernetes = new InMemoryKubernetes();
  private final BaselineSecrets secrets =
      new BaselineSecrets(kubernetes.client, "operator", Clock.systemUTC());

  /** A timer without a thread: the test runs what is scheduled. */
  private final ScheduledThreadPoolExecutor timer =
      new ScheduledThreadPoolExecutor(1, task -> null);

  private final Logger logger = (Logger) LoggerFactory.getLogger(BaselineCollector.class);
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

  @BeforeEach
  void keepOne() {
    LambdaFunctionConfig resource = new LambdaFunctionConfig();
    resource.setMetadata(
        new ObjectMetaBuilder().withNamespace("team-a").withName("orders").withUid("a").build());
    var unused = secrets.keep(resource, Map.of("AA", new Value.Secret("x")), false);
    kubernetes.refusal = 403;
    kubernetes.refused = method -> kubernetes.requests.getLast().equals("list found");
    lines.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(lines);
  }

  @AfterEach
  void close() {
    timer.shutdownNow();
    logger.detachAppender(lines);
    logger.setLevel(null);
  }

  @Test
  void oneOfAnotherOperatorsNamespaceIsLeftAloneAndToldOnce() throws Exception {
    // Given
    BaselineCollector collector = watching("team-b");

    // When
    check(collector);
    check(collector);

    // Then
    assertThat(kubernetes.secrets).hasSize(1);
    assertThat(collector.unchecked()).isZero();
    assertThat(told(Level.INFO)).containsExactly("namespaces=\"team-a\"");
    assertThat(told(Level.WARN)).isEmpty();
  }

  @Test
  void oneOfAWatchedNamespaceThatMayBeGoneIsAFailure() throws Exception {
    // Given
    BaselineCollector collector = watching("team-a");

    // When
    check(collector);

    // Then
    assertThat(collector.unchecked()).isEqualTo(1);
    assertThat(told(Level.INFO)).isEmpty();
    assertThat(told(Level.WARN))
        .containsExactly(
            "failures=\"1\"",
            "first=\"the right to list LambdaFunctionConfigs in namespace team-a is missing (403),"
                + " or the namespace is gone\"");
  }

  private BaselineCollector watching(String namespace) {
    return new BaselineCollector(kubernetes.client, secrets, Set.of(namespace), timer);
  }

  private void check(BaselineCollector collector) throws InterruptedException {
    collector.checkNow();
    timer.getQueue().take().run();
  }

  private List<String> told(Level level) {
    return lines.list.stream()
        .filter(line -> line.getLevel() == level)
        .flatMap(line -> Objects.requireNonNull(line.getKeyValuePairs()).stream())
        .map(String::valueOf)
        .toList();
  }
}
