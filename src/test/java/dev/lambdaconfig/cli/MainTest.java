package dev.lambdaconfig.cli;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Which command a command line runs, and what is printed instead of running one. */
final class MainTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                     | run
          --workers=3            | run --workers=3
          --workers 3 run        | run --workers 3 run
          run --workers=3        | run --workers=3
          warm-up                | warm-up
          help run               | help run
          runn                   | runn
          --help                 | --help
          -h                     | -h
          --version              | --version
          -V                     | -V
          --workers=3 --help     | run --workers=3 --help
          """)
  void optionsWithoutACommandBelongToRun(String line, String command) {
    assertThat(Main.withDefaultCommand(line.isEmpty() ? new String[0] : line.split(" ")))
        .containsExactly(command.split(" "));
  }

  @Test
  void aPlanWithoutAUsableEndpointNamesTheVariable() {
    StringWriter err = new StringWriter();

    int exitCode =
        Main.commandLine(Map.of("AWS_ENDPOINT_URL_LAMBDA", "nonsense"))
            .setErr(new PrintWriter(err))
            .execute("plan", "-f", "crds");

    assertThat(exitCode).isOne();
    assertThat(err.toString()).contains("error: AWS_ENDPOINT_URL_LAMBDA: 'nonsense' is no URL ");
  }

  @ParameterizedTest
  @CsvSource({
    "validate b.yaml c.yaml",
    "validate -f a.yaml b.yaml c.yaml",
    "plan -f a.yaml b.yaml"
  })
  void filesBehindNoOptionAreToldHowToBeWritten(String line) {
    assertThat(CommandResult.of(line.split(" ", -1)).err())
        .endsWith(
            "error: 'b.yaml' is behind no -f: write -f before each file, or name their"
                + " directory\n");
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    assertThat(BuildVersion.text()).matches("\\d+\\.\\d+\\.\\d+(-\\w+)?");
    assertThat(printed("--version"))
        .isEqualTo(
            "lambda-config-operator "
                + BuildVersion.text()
                + " on Java "
                + Runtime.version().feature());
  }

  @Test
  void theHelpListsTheCommandsForPeople() {
    assertThat(printed("--help")).contains("\n  run ", "\n  help ").doesNotContain("warm-up");
  }

  @Test
  void eachCommandWithTheOptionPrintsTheVersion() {
    List<String> commands =
        Main.commandLine(Map.of()).getSubcommands().entrySet().stream()
            .filter(each -> each.getValue().getCommandSpec().findOption("--version") != null)
            .map(Map.Entry::getKey)
            .toList();

    assertThat(commands).contains("run", "plan", "export");
    assertThat(commands)
        .allSatisfy(
            command -> {
              assertThat(printed(command, "--version")).isEqualTo(printed("--version"));
              assertThat(printed(command, "-V")).isEqualTo(printed("--version"));
            });
  }

  @Test
  void anOperatorIsStartedByTheSameCommandWithoutTheOthers() {
    CommandLine operator = Main.operatorCommandLine(Map.of());

    assertThat(operator.getSubcommands()).containsOnlyKeys("run", "warm-up");
    assertThat(usage(operator)).isEqualTo(usage(Main.commandLine(Map.of())));
  }

  private static String usage(CommandLine line) {
    return requireNonNull(line.getSubcommands().get("run")).getUsageMessage();
  }

  @Test
  void theHelpOfACommandListsItsOptions() {
    assertThat(printed("help", "run"))
        .isEqualTo(printed("run", "--help"))
        .contains("--sweep-interval=DURATION", "--leader-elect");
  }

  @Test
  void theVersionCanBeParsed() throws IOException {
    JsonNode version = new ObjectMapper().readTree(printed("version", "-o", "json"));

    assertThat(version.path("version").asText()).isEqualTo(BuildVersion.text());
    assertThat(version.path("apiVersion").asText()).isEqualTo("lambdaconfig.dev/v1alpha1");
    assertThat(version.path("javaVersion").asText()).isEqualTo(Runtime.version().toString());
    assertThat(version.properties()).hasSize(5);
    assertThat(printed("version")).startsWith("lambda-config-operator " + BuildVersion.text());
  }

  /** Each of these texts would be part of the path of a request. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          explain a b/c              | 'a b/c' is no resource: write NAMESPACE/NAME
          explain ../x               | '../x' is no resource: write NAMESPACE/NAME
          explain team-a/..          | 'team-a/..' is no resource: write NAMESPACE/NAME
          explain team-a/a?watch=1   | 'team-a/a?watch=1' is no resource: write NAMESPACE/NAME
          plan --live -n ../x        | --namespace: '../x' is not the name of a namespace
          plan --live -n a b         | --namespace: 'a b' is not the name of a namespace
          status -n a b              | -n: 'a b' is not the name of a namespace
          export --namespace a b     | --namespace: 'a b' is not the name of a namespace
          """)
  void whatCannotBeANameIsRefused(String line, String message) {
    StringWriter err = new StringWriter();

    int exitCode =
        Main.commandLine(Map.of())
            .setErr(new PrintWriter(err))
            .execute(line.replace("a b", "a_b").split(" "));

    assertThat(exitCode).isEqualTo(1);
    assertThat(err.toString().replace("a_b", "a b")).contains("error: " + message);
  }

  @Test
  void aFailureWithoutAMessageIsNamed() {
    CommandLine line = Main.commandLine(Map.of());
    line.addSubcommand("fail", new Failing());
    StringWriter err = new StringWriter();

    assertThat(line.setErr(new PrintWriter(err)).execute("fail")).isEqualTo(1);
    assertThat(err).hasToString("error: java.nio.file.NoSuchFileException: a\\u001bb\n");
  }

  @CommandLine.Command
  private static final class Failing implements Callable<Integer> {
    @Override
    public Integer call() throws IOException {
      throw new NoSuchFileException("a\u001bb");
    }
  }

  private static String printed(String... args) {
    StringWriter out = new StringWriter();
    int exitCode = Main.commandLine(Map.of()).setOut(new PrintWriter(out)).execute(args);
    assertThat(exitCode).isZero();
    return out.toString().strip();
  }
}
