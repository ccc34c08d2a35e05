package dev.lambdaconfig.packaged;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.launcher.Shell;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The hook for pre-commit and the action for GitHub, as they run, on the packaged jar. */
final class ContinuousIntegrationIT {

  private static final Path SCRIPT = Path.of("deploy/ci/lambda-config");

  private static final String MANIFEST =
      """
      apiVersion: lambdaconfig.dev/v1alpha1
      kind: LambdaFunctionConfig
      metadata: {name: orders}
      spec: {functionName: orders, timeout: %d}
      """;

  @TempDir private Path folder = Path.of("");

  private Shell shell() {
    return new Shell(folder)
        .with("JAVA_HOME", javaHome())
        .with(
            "LAMBDA_CONFIG_JAR",
            Path.of(requireNonNull(System.getProperty("operator.jar"))).toAbsolutePath());
  }

  /** The home of the Java that runs this test. */
  private static Path javaHome() {
    return requireNonNull(
            Path.of(ProcessHandle.current().info().command().orElseThrow()).getParent())
        .resolveSibling("");
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private static String script() {
    return SCRIPT.toAbsolutePath().toString();
  }

  private static JsonNode yaml(String file) throws IOException {
    return new ObjectMapper()
        .valueToTree(Serialization.unmarshal(Files.readString(Path.of(file)), Object.class));
  }

  @Test
  void theHookValidatesTheFilesThatNameTheOperator() throws Exception {
    String good = file("a good.yaml", MANIFEST.formatted(5));
    String bad = file("bad.yaml", MANIFEST.formatted(6000));
    String other = file("values.yaml", "replicas: 1");

    Shell.Result valid = shell().run(script(), "validate", "--separate-files", good, other);
    Shell.Result invalid = shell().run(script(), "validate", "--separate-files", good, bad, other);
    Shell.Result nothing = shell().run(script(), "validate", other);

    assertThat(valid.output()).isEqualTo("1 LambdaFunctionConfig: 0 errors, 0 warnings\n");
    assertThat(valid.exitCode()).isZero();
    assertThat(invalid.output())
        .startsWith(bad + ":4:30: error: spec.timeout: Invalid value: 6000");
    assertThat(invalid.exitCode()).isOne();
    assertThat(nothing).isEqualTo(new Shell.Result(0, "no LambdaFunctionConfig in these files\n"));
  }

  @Test
  void aFileIsNoOption() throws Exception {
    file("--output=json", MANIFEST.formatted(5));

    Shell.Result result =
        shell().run("/bin/sh", "-c", "cd \"$HOME\" && " + script() + " validate --output=json");

    assertThat(result.output()).isEqualTo("1 LambdaFunctionConfig: 0 errors, 0 warnings\n");
  }

  @Test
  void aJarThatIsNotThereIsNotBuilt() throws Exception {
    Shell.Result result =
        shell()
            .with("LAMBDA_CONFIG_JAR", folder.resolve("none.jar"))
            .run(script(), "validate", file("a.yaml", MANIFEST.formatted(5)));

    assertThat(result.output()).contains("there is no file").contains("none.jar");
    assertThat(result.exitCode()).isOne();
  }

  @Test
  void anOldOrMissingJavaIsPassedOver() throws Exception {
    Path old = Files.createDirectories(folder.resolve("jdk-17"));
    Files.writeString(old.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
    Files.createSymbolicLink(
        Files.createDirectories(old.resolve("bin")).resolve("java"), Path.of("/bin/false"));
    String file = file("a.yaml", MANIFEST.formatted(5));

    for (Path home : List.of(old, folder.resolve("none"))) {
      Shell.Result result =
          shell()
              .with("JAVA_HOME", home)
              .with("PATH", javaHome().resolve("bin") + ":/usr/bin:/bin")
              .run(script(), "validate", file);

      assertThat(result.output()).isEqualTo("1 LambdaFunctionConfig: 0 errors, 0 warnings\n");
    }
  }

  @Test
  void noFileAtAllIsAnError() throws Exception {
    Shell.Result result = shell().run(script(), "validate", "--separate-files");

    assertThat(result.output()).startsWith("error: no FILE is given: ");
    assertThat(result.exitCode()).isOne();
  }

  @Test
  void eachHookRunsACommand() throws Exception {
    JsonNode hooks = yaml(".pre-commit-hooks.yaml");

    assertThat(hooks).isNotEmpty();
    for (JsonNode hook : hooks) {
      String[] entry = hook.path("entry").asText().split(" ", -1);
      assertThat(Path.of(entry[0])).isExecutable();
      assertThat(hook.path("language").asText()).isEqualTo("script");
      // Else pre-commit divides the files among processes, which cannot compare them.
      assertThat(hook.path("require_serial").asBoolean()).isTrue();
      Shell.Result help = shell().run(script(), entry[1], "--help", folder.toString());
      assertThat(help.exitCode()).as(help.output()).isZero();
    }
  }

  /** The step of the action with its input files, as GitHub runs it. */
  private Shell.Result act(Shell shell, String command) throws Exception {
    return act(shell, command, folder + "\n");
  }

  private Shell.Result act(Shell shell, String command, String files) throws Exception {
    return shell
        .with("COMMAND", command)
        .with("FILES", files)
        .with("GITHUB_ACTIONS", true)
        .with("GITHUB_ACTION_PATH", Path.of("").toAbsolutePath())
        .with("GITHUB_WORKSPACE", folder)
        .with("GITHUB_OUTPUT", folder.resolve("output"))
        .with("GITHUB_STEP_SUMMARY", folder.resolve("summary"))
        .run(
            "bash",
            "-e",
            "-o",
            "pipefail",
            "-c",
            yaml("action.yml").at("/runs/steps/0").path("run").asText());
  }

  /** A shell in which {@code plan} finds a simulated AWS. */
  private Shell shell(LambdaSimulator aws) {
    return shell()
        .with("AWS_REGION", "eu-west-1")
        .with("AWS_ACCESS_KEY_ID", "AKIDTEST")
        .with("AWS_SECRET_ACCESS_KEY", "secret")
        .with("AWS_ENDPOINT_URL", aws.endpoint())
        .with("OPTIONS", "--quiet\n");
  }

  @Test
  void theActionAnnotatesChangesAndTellsThem() throws Exception {
    file("orders.yaml", MANIFEST.formatted(30));
    try (LambdaSimulator aws = LambdaSimulator.start()) {
      aws.createFunction(FunctionSeed.zip("orders"));

      Shell.Result result = act(shell(aws), "plan");

      assertThat(result.exitCode()).as(result.output()).isZero();
      assertThat(result.output()).contains("\n::notice file=orders.yaml,line=4,");
      assertThat(folder.resolve("output")).hasContent("changes=true");
      assertThat(folder.resolve("summary")).content().contains("1 to update", "timeout");
    }
  }

  @Test
  void theActionTellsThatThereIsNothingToChange() throws Exception {
    file("orders.yaml", MANIFEST.formatted(3));
    try (LambdaSimulator aws = LambdaSimulator.start()) {
      aws.createFunction(FunctionSeed.zip("orders"));

      Shell.Result result = act(shell(aws), "plan");

      assertThat(result.exitCode()).as(result.output()).isZero();
      assertThat(folder.resolve("output")).hasContent("changes=false");
    }
  }

  @Test
  void theActionFailsWhereNothingCanBePlanned() throws Exception {
    file("orders.yaml", MANIFEST.formatted(30));
    try (LambdaSimulator aws = LambdaSimulator.start()) {
      Shell.Result result = act(shell(aws), "plan");

      assertThat(result.exitCode()).isOne();
      assertThat(result.output()).contains("\n::error file=orders.yaml,line=1,");
      assertThat(folder.resolve("output")).doesNotExist();
    }
  }

  @Test
  void aFailedPlanDoesNotTellThatThereIsNothingToChange() throws Exception {
    file("orders.yaml", MANIFEST.formatted(30));
    file("none.yaml", MANIFEST.formatted(3).replace("orders", "none"));
    try (LambdaSimulator aws = LambdaSimulator.start()) {
      aws.createFunction(FunctionSeed.zip("orders"));

      Shell.Result result = act(shell(aws), "plan");

      assertThat(result.exitCode()).isOne();
      assertThat(result.output()).contains("\n::notice file=orders.yaml,line=4,", "\n::error ");
      assertThat(folder.resolve("output")).doesNotExist();
    }
  }

  @Test
  void theActionRunsNoOtherCommand() throws Exception {
    Shell.Result result = act(shell(), "export");

    assertThat(result.exitCode()).isOne();
    assertThat(result.output())
        .isEqualTo("::error::command: 'export' is none of validate and plan\n");
  }

  @Test
  void spacesAroundALineAreNoPartOfAName() throws Exception {
    String orders = file("orders in.yaml", MANIFEST.formatted(0));

    Shell.Result result = act(shell().with("OPTIONS", ""), "validate", "\n  " + orders + " \t\r\n");

    assertThat(result.output()).contains("::error file=orders in.yaml,line=4,");
  }

  @Test
  void theActionNeedsFiles() throws Exception {
    Shell.Result result = act(shell(), "validate", " \n\n");

    assertThat(result.output()).startsWith("::error::files: names nothing: ");
    assertThat(result.exitCode()).isOne();
  }

  @Test
  void theActionAnnotatesWhyItCannotStart() throws Exception {
    file("a.yaml", MANIFEST.formatted(5));
    Shell shell = shell().with("LAMBDA_CONFIG_JAR", folder.resolve("none.jar"));

    Shell.Result result = act(shell, "validate");

    assertThat(result.output()).startsWith("::error::LAMBDA_CONFIG_JAR: there is no file ");
    assertThat(result.exitCode()).isOne();
  }

  @Test
  void theActionAnnotatesAndFails() throws Exception {
    file("bad.yaml", MANIFEST.formatted(6000));

    Shell.Result result = act(shell().with("OPTIONS", "--separate-files\n"), "validate");

    assertThat(result.output())
        .startsWith("::error file=bad.yaml,line=4,col=30,title=FieldValueInvalid::spec.timeout: ");
    assertThat(result.output()).endsWith("1 LambdaFunctionConfig: 1 error, 0 warnings\n");
    assertThat(result.exitCode()).isOne();
  }

  @Test
  void theActionUsesEachInputByTheEnvironment() throws Exception {
    JsonNode action = yaml("action.yml");
    JsonNode step = action.at("/runs/steps/0");
    Set<String> inputs = new TreeSet<>();
    action.path("inputs").fieldNames().forEachRemaining(inputs::add);
    Set<String> used = new TreeSet<>();
    Pattern.compile("inputs\\.(\\w+)")
        .matcher(step.path("env").toString())
        .results()
        .forEach(input -> used.add(input.group(1)));

    assertThat(used).isEqualTo(inputs);
    // An expression in a script would be code of whoever chose the input.
    assertThat(step.path("run").asText()).doesNotContain("${{");
  }
}
