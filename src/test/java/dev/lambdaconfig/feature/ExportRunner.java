package dev.lambdaconfig.feature;

import static java.util.Objects.requireNonNull;

import dev.lambdaconfig.aws.sdk.LambdaClients;
import dev.lambdaconfig.cli.cluster.ClusterOptions;
import dev.lambdaconfig.cli.export.ExportCommand;
import dev.lambdaconfig.cli.export.ExportEnvironment;
import dev.lambdaconfig.kube.reading.StrippedSerialization;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** The command {@code export} in this JVM, against a simulated AWS. */
record ExportRunner(
    URI aws, @Nullable String defaultRegion, String input, @Nullable Config cluster) {

  /** The outcome of a run. */
  record Result(int exitCode, String out, String err) {}

  static ExportRunner of(URI aws) {
    return new ExportRunner(aws, "eu-west-1", "", null);
  }

  ExportRunner reading(String standardInput) {
    return new ExportRunner(aws, defaultRegion, standardInput, cluster);
  }

  /** Gives the command a cluster. */
  ExportRunner in(Config kubernetes) {
    return new ExportRunner(aws, defaultRegion, input, kubernetes);
  }

  ExportRunner withoutRegion() {
    return new ExportRunner(aws, null, input, cluster);
  }

  /** Runs the command with these arguments. */
  Result run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    CommandLine command = new CommandLine(new ExportCommand(new Simulated(this)));
    command.getCommandSpec().parser().collectErrors(true);
    int exitCode =
        command
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .setParameterExceptionHandler(
                (exception, given) -> {
                  err.write(String.valueOf(exception.getMessage()));
                  return 1;
                })
            .execute(arguments);
    return new Result(exitCode, out.toString(), err.toString());
  }

  private record Simulated(ExportRunner runner) implements ExportEnvironment {

    @Override
    public LambdaClients lambdaClients() {
      return LambdaClients.onlyReading(
          StaticCredentialsProvider.create(
              AwsBasicCredentials.create(OperatorSetup.ACCESS_KEY, "secret")),
          runner.aws());
    }

    @Override
    public List<String> problems() {
      return List.of();
    }

    @Override
    public Map<String, String> variables() {
      return Map.of();
    }

    @Override
    public @Nullable String defaultRegion() {
      return runner.defaultRegion();
    }

    @Override
    public KubernetesClient kubernetesClient(ClusterOptions options) {
      if (runner.cluster() == null) {
        return options.client();
      }
      return new KubernetesClientBuilder()
          .withConfig(requireNonNull(runner.cluster()))
          .withKubernetesSerialization(StrippedSerialization.create())
          .build();
    }

    @Override
    public InputStream standardInput() {
      return new ByteArrayInputStream(runner.input().getBytes(StandardCharsets.UTF_8));
    }
  }
}
