package dev.lambdaconfig.cli.export;

import dev.lambdaconfig.aws.sdk.DefaultRegion;
import dev.lambdaconfig.aws.sdk.LambdaClients;
import dev.lambdaconfig.cli.cluster.ClusterOptions;
import dev.lambdaconfig.cli.preflight.AwsVariables;
import dev.lambdaconfig.cli.stream.StandardInput;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The surroundings of the command: all that it finds outside of itself. */
public interface ExportEnvironment {

  /** The environment of the process. */
  ExportEnvironment SYSTEM =
      new ExportEnvironment() {
        @Override
        public LambdaClients lambdaClients() {
          return LambdaClients.onlyReading();
        }

        @Override
        public List<String> problems() {
          return AwsVariables.problems(variables());
        }

        @Override
        public Map<String, String> variables() {
          return System.getenv();
        }

        @Override
        public @Nullable String defaultRegion() {
          return DefaultRegion.fromEnvironment();
        }

        @Override
        public KubernetesClient kubernetesClient(ClusterOptions cluster) {
          return cluster.client();
        }

        @Override
        public InputStream standardInput() {
          return StandardInput.ofProcess();
        }
      };

  /** Clients of AWS that can only read. */
  LambdaClients lambdaClients();

  /** The problems of the settings of these clients, each with what to write instead. */
  List<String> problems();

  /** The environment variables of the process. */
  Map<String, String> variables();

  /** The Region where no option names one, or null. */
  @Nullable String defaultRegion();

  /** A client of the cluster that options name, which the caller closes. */
  KubernetesClient kubernetesClient(ClusterOptions cluster);

  /** The standard input. */
  InputStream standardInput();
}
