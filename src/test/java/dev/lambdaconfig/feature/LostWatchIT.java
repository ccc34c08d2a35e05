package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.lambdaconfig.cluster.TcpProxy;
import dev.lambdaconfig.ops.informer.WatchMonitor;
import dev.lambdaconfig.simulator.FunctionSeed;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** An operator that may not watch its resources any more says so, and catches up afterwards. */
final class LostWatchIT {

  /** Twenty times as often as the client's default, so that a watch is lost after six seconds. */
  private static final Duration RECONNECT_INTERVAL = Duration.ofMillis(50);

  private static final String RESOURCES = "lambdafunctionconfigs";

  @RegisterExtension
  final OperatorExtension operator = OperatorExtension.sweepingHourly().startedByTest();

  @RegisterExtension final LogLines log = new LogLines(WatchMonitor.class);

  private final ResourceClient resources = operator.resources();

  @TempDir Path folder = Path.of("");

  private TcpProxy proxy;

  @BeforeEach
  void startProxy() throws IOException {
    proxy = TcpProxy.to(URI.create(operator.server().client().getMasterUrl().toString()));
  }

  @AfterEach
  void stopProxy() throws IOException {
    operator.stop();
    proxy.close();
  }

  @Test
  void aRefusedWatchIsReportedOnceAndGoesOnWhenItIsGrantedAgain() throws Exception {
    // Given
    Rights rights = new Rights(operator, "operator");
    rights.grant("rbac.yaml");
    start(rights.kubeconfig(), setup -> setup);
    operator.givenInSync("orders", "timeout: 30");
    assertThat(missing()).isZero();

    // When
    rights.setVerbs("rbac.yaml", RESOURCES, "list");
    breakConnections();

    // Then
    awaitMissing(1);
    operator.aws().createFunction(FunctionSeed.zip("mail"));
    resources.apply("mail", "functionName: mail\ntimeout: 31");
    resources.apply("orders", "functionName: orders\ntimeout: 32");
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(30);
    assertThat(log.levels("namespaces", operator.namespace())).containsExactly(Level.WARN);

    // When
    rights.setVerbs("rbac.yaml", RESOURCES, "list", "watch");

    // Then
    awaitMissing(0);
    resources.awaitReady("mail");
    assertThat(operator.aws().function("mail").get("Timeout").asInt()).isEqualTo(31);
    resources.awaitReady("orders");
    assertThat(operator.aws().function("orders").get("Timeout").asInt()).isEqualTo(32);
    assertThat(log.levels("namespaces", operator.namespace()))
        .containsExactly(Level.WARN, Level.INFO);
  }

  @Test
  void aWatchThatWasLostForTooLongBeginsWithANewList() throws Exception {
    // Given
    BrokenWatches watches = new BrokenWatches();
    start(
        operator.rights().kubeconfig(operator.options().namespaces()),
        setup -> setup.withInterceptor(watches));
    operator.givenInSync("orders", "timeout: 30");
    watches.breakThem();
    breakConnections();
    awaitMissing(1);
    operator.aws().createFunction(FunctionSeed.zip("mail"));
    resources.apply("mail", "functionName: mail\ntimeout: 31");
    int lists = watches.lists.get();

    // When
    watches.mendWithAnOutdatedVersion();

    // Then
    resources.awaitReady("mail");
    assertThat(watches.lists.get()).isEqualTo(lists + 1);
    awaitMissing(0);
  }

  private void start(Path kubeconfig, UnaryOperator<OperatorSetup> change) throws Exception {
    Path throughProxy = folder.resolve("kubeconfig");
    String server = operator.server().client().getMasterUrl().toString().replaceFirst("/$", "");
    String text = Files.readString(kubeconfig);
    assertThat(text).contains(server);
    Files.writeString(throughProxy, text.replace(server, proxy.url().replaceFirst("/$", "")));
    operator.start(
        setup ->
            change.apply(
                setup.withKubeconfig(throughProxy).withReconnectInterval(RECONNECT_INTERVAL)));
  }

  private void breakConnections() {
    proxy.cut();
    proxy.mend();
  }

  private void awaitMissing(int watches) {
    Awaitility.await("lost watches")
        .atMost(ResourceClient.PATIENCE)
        .pollInterval(Duration.ofMillis(250))
        .until(() -> missing() == watches);
  }

  private double missing() throws Exception {
    return operator.scrape().sum("lambdaconfig_watches_missing", Map.of());
  }
}
