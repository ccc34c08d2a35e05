package dev.lambdaconfig.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cluster.ApiServer;
import dev.lambdaconfig.deploy.ChartRights;
import dev.lambdaconfig.simulator.LambdaSimulator;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The classes that the packaged operator loads. */
final class LoadedClassesIT {

  /** The packages of other commands, and of CEL, which {@code validate} needs. */
  private static final List<String> OF_OTHERS =
      List.of(
          "dev.cel.",
          "cel.parser.",
          "com.google.",
          "org.antlr.",
          "dev.lambdaconfig.cli.explain.",
          "dev.lambdaconfig.cli.export.",
          "dev.lambdaconfig.cli.manifest.",
          "dev.lambdaconfig.cli.plan.",
          "dev.lambdaconfig.cli.runtimes.",
          "dev.lambdaconfig.cli.shell.",
          "dev.lambdaconfig.cli.status.",
          "dev.lambdaconfig.cli.validate.");

  @TempDir private Path folder = Path.of("");

  @Test
  void anOperatorLoadsNothingThatOnlyOtherCommandsNeed() throws Exception {
    // Given
    ApiServer server = ApiServer.shared();
    server.applyCrd(Path.of("crds/lambdafunctionconfigs.lambdaconfig.dev.yaml"));
    String namespace = server.freshNamespace("loaded-classes");
    Path classes = folder.resolve("classes.log").toAbsolutePath();
    try (LambdaSimulator aws = LambdaSimulator.start();
        ChartRights rights = new ChartRights(server, namespace, Set.of());
        OperatorJar operator =
            OperatorJar.start(
                folder.resolve("home"),
                rights.kubeconfig(Set.of(namespace)),
                aws.endpoint(),
                Map.of(
                    "LAMBDA_CONFIG_NAMESPACES", namespace,
                    "LAMBDA_CONFIG_OPERATOR_NAMESPACE", namespace,
                    "JDK_JAVA_OPTIONS", "-Xlog:class+load:file=" + classes))) {
      // When
      operator.awaitRunning();

      // Then
      List<String> loaded = Files.readAllLines(classes);
      assertThat(loaded)
          .anyMatch(line -> line.contains(" dev.lambdaconfig.cli.run.RunningOperator "))
          .noneMatch(line -> OF_OTHERS.stream().anyMatch(name -> line.contains(" " + name)));
    }
  }
}
