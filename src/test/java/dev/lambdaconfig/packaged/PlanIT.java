package dev.lambdaconfig.packaged;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.launcher.Shell;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code java -jar ... plan}, with a simulated AWS and without a cluster. */
final class PlanIT {

  private final LambdaSimulator aws = LambdaSimulator.start();

  @TempDir private Path folder = Path.of("");

  @AfterEach
  void stop() {
    aws.close();
  }

  private String manifest(String name, String spec) throws IOException {
    Path file = folder.resolve(name + ".yaml");
    Files.writeString(
        file,
        """
        apiVersion: lambdaconfig.dev/v1alpha1
        kind: LambdaFunctionConfig
        metadata: {name: %s, namespace: team-a}
        spec: {functionName: %s, %s}
        """
            .formatted(name, name, spec));
    return file.toString();
  }

  private Shell.Result plan(Shell shell, String... arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("java.home") + "/bin/java");
    command.add("-jar");
    command.add(
        Path.of(requireNonNull(System.getProperty("operator.jar"))).toAbsolutePath().toString());
    command.add("plan");
    command.add("--quiet");
    command.addAll(List.of(arguments));
    return shell.run(command.toArray(String[]::new));
  }

  private Shell withoutCredentials() {
    return new Shell(folder)
        .with("AWS_REGION", "eu-west-1")
        .with("AWS_EC2_METADATA_DISABLED", "true")
        .with("AWS_ENDPOINT_URL", aws.endpoint());
  }

  private Shell shell() {
    return withoutCredentials()
        .with("AWS_ACCESS_KEY_ID", "AKIDTEST")
        .with("AWS_SECRET_ACCESS_KEY", "secret");
  }

  @Test
  void changesEndWithTwoAndNothingIsWritten() throws Exception {
    // Given
    aws.createFunction(FunctionSeed.zip("orders"));

    // When
    Shell.Result result = plan(shell(), "-f", manifest("orders", "timeout: 30"), "-o", "json");

    // Then
    assertThat(result.exitCode()).isEqualTo(2);
    JsonNode function = new ObjectMapper().readTree(result.output()).at("/functions/0");
    assertThat(function.path("action").asText()).isEqualTo("update");
    assertThat(function.at("/request/Timeout").asInt()).isEqualTo(30);
    assertThat(function.at("/request/RevisionId").asText())
        .isEqualTo(aws.function("orders").path("RevisionId").asText());
    assertThat(aws.requests().updatesOf("orders")).isEmpty();
  }

  @Test
  void nothingToDoEndsWithZero() throws Exception {
    // Given
    aws.createFunction(FunctionSeed.zip("orders"));

    // When
    Shell.Result result = plan(shell(), "-f", manifest("orders", "timeout: 3"));

    // Then
    assertThat(result.output()).isEqualTo("0 to update, 1 unchanged, 0 errors\n");
    assertThat(result.exitCode()).isZero();
  }

  @Test
  void aFunctionThatDoesNotExistIsAnErrorAtItsLine() throws Exception {
    // When
    String file = manifest("orders", "timeout: 3");
    Shell.Result result = plan(shell(), "-f", file);

    // Then
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output())
        .contains("team-a/orders (" + file + ":1): error orders in eu-west-1")
        .contains("! FunctionNotFound: Function not found:");
  }

  /** The operator ignores a field that it does not know: a plan without it would seem complete. */
  @Test
  void aMisspeltFieldIsAnErrorAtItsLineWithTheNearestName() throws Exception {
    // Given
    aws.createFunction(FunctionSeed.zip("orders"));

    // When
    String file = manifest("orders", "timeout: 3,\n  memorysize: 512");
    Shell.Result result = plan(shell(), "-f", file);

    // Then
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output())
        .contains("team-a/orders (" + file + ":5): error")
        .contains("! InvalidManifest: spec.memorysize: unknown field", "did you mean memorySize?");
  }

  @Test
  void missingCredentialsAreNamed() throws Exception {
    // When
    Shell.Result result = plan(withoutCredentials(), "-f", manifest("orders", "timeout: 3"));

    // Then
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output())
        .contains(
            "! CredentialsUnavailable: no AWS credentials: AWS_ACCESS_KEY_ID and"
                + " AWS_SECRET_ACCESS_KEY are not set");
  }

  @Test
  void aRoleWithoutRightsIsToldWhichToAllow() throws Exception {
    // Given
    aws.createFunction(FunctionSeed.zip("orders"));
    aws.faults()
        .onAnything()
        .always()
        .thenAnswer(403, "AccessDeniedException", "User is not authorized to perform: lambda:X");

    // When
    Shell.Result result = plan(shell(), "-f", manifest("orders", "timeout: 30"));

    // Then
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output())
        .contains(
            "! AccessDeniedException: ",
            "allow the role of this run lambda:GetFunction, or lambda:GetFunctionConfiguration");
  }

  @Test
  void aRuntimePastItsDateHasALineAndChangesNoExitCode() throws Exception {
    // Given
    aws.createFunction(FunctionSeed.zip("orders").with("{\"Runtime\": \"python3.8\"}"));

    // When
    Shell.Result result = plan(shell(), "-f", manifest("orders", "timeout: 3"));

    // Then
    assertThat(result.exitCode()).isZero();
    assertThat(result.output())
        .contains("team-a/orders (", "): unchanged orders", "runtime: python3.8 is past its date:");
  }

  @Test
  void aConfigMapAmongTheManifestsIsCompared() throws Exception {
    // Given
    aws.createFunction(FunctionSeed.zip("orders"));
    Path file =
        Path.of(
            manifest(
                "orders",
                "environment: {valuesFrom: [{name: AA, configMapKeyRef: {name: c, key: k}}]}"));
    Files.writeString(
        file,
        Files.readString(file)
            + """
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: c, namespace: team-a}
            data: {k: v}
            """);

    // When
    Shell.Result result = plan(shell(), "-f", file.toString());

    // Then
    assertThat(result.exitCode()).as(result.output()).isEqualTo(2);
    assertThat(result.output())
        .contains("+ environment.variables.AA")
        .doesNotContain("not compared", "Skipped");
  }

  @Test
  void theClusterAndFilesAreNotPlannedTogether() throws Exception {
    // When
    Shell.Result result =
        plan(shell(), "-f", manifest("orders", "timeout: 3"), "--live", "--namespace=a");

    // Then
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).contains("--live is about the resources of the cluster: remove -f");
  }

  @Test
  void aUsageErrorEndsWithOne() throws Exception {
    // When
    Shell.Result result = plan(shell(), "-f", manifest("orders", "timeout: 3"), "-o", "pdf");

    // Then
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.output()).contains("error: -o: 'pdf' is no format: write one of text, json");
  }
}
