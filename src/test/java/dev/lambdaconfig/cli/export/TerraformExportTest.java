package dev.lambdaconfig.cli.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.cli.CommandResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command {@code export --from-terraform}: which functions of a state it writes. */
final class TerraformExportTest {

  private static final String EUROPE =
      function("module.eu", "arn:aws:lambda:eu-west-1:123456789012:function:api", 256);
  private static final String AMERICA =
      function("module.us", "arn:aws:lambda:us-east-1:123456789012:function:api", 512);

  @TempDir private Path folder;

  @Test
  void functionsOfOneNameInTwoRegionsHaveTheRegionInTheirNames() throws IOException {
    CommandResult result = export(List.of(EUROPE, AMERICA));

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(names(result.out())).containsExactly("api.eu-west-1", "api.us-east-1");
    assertThat(result.out())
        .contains("  region: us-east-1\n", "memorySize: 512")
        .contains("  region: eu-west-1\n", "memorySize: 256");
  }

  @Test
  void aFunctionThatIsDeclaredTwiceIsAnErrorThatNamesBothPlaces() throws IOException {
    CommandResult result = export(List.of(EUROPE, EUROPE.replace("module.eu", "module.b")));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(names(result.out())).containsExactly("api");
    assertThat(result.err())
        .contains(
            "error: module.b.aws_lambda_function.fn is left out: it declares the function"
                + " eu-west-1/api, as module.eu.aws_lambda_function.fn does\n")
        .contains("Incomplete: 1 manifest written", "; 1 error");
  }

  @Test
  void regionsAndAnAccountSelectAmongTheFunctionsAndTheRestIsCounted() throws IOException {
    String other =
        function("module.other", "arn:aws:lambda:us-east-1:210987654321:function:mail", 512);

    CommandResult result =
        export(
            List.of(EUROPE, AMERICA, other), "--region", "us-east-1", "--account", "123456789012");

    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(names(result.out())).containsExactly("api");
    assertThat(result.out()).contains("  region: us-east-1\n");
    assertThat(result.err())
        .contains(
            "module.eu.aws_lambda_function.fn is skipped: it is of eu-west-1, and --region is"
                + " us-east-1\n",
            "module.other.aws_lambda_function.fn is skipped: it is of account 210987654321, and"
                + " --account is 123456789012\n",
            "Done: 1 manifest written, 0 unchanged, 0 kept, 2 skipped; 0 errors\n");
  }

  @Test
  void functionsOfSeveralAccountsAreReported() throws IOException {
    String other = EUROPE.replace("123456789012:function:api", "210987654321:function:web");

    CommandResult result = export(List.of(EUROPE, other.replace("\"api\"", "\"web\"")));

    assertThat(names(result.out())).containsExactly("api", "web");
    assertThat(result.err())
        .contains(
            "the functions are of the accounts 123456789012, 210987654321, which manifests do not"
                + " name: --account selects those of one\n");
  }

  @Test
  void functionsThatCannotBeReadAreNamed() throws IOException {
    String awscc = EUROPE.replace("\"aws_lambda_function", "\"awscc_lambda_function");
    String deposed = AMERICA.replace("{\"attributes\"", "{\"deposed\": \"0a\", \"attributes\"");

    CommandResult result = export(List.of(awscc, deposed));

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains(
            "error: module.eu.awscc_lambda_function.fn is left out: only resources of the type"
                + " aws_lambda_function are read\n",
            "module.us.aws_lambda_function.fn is skipped: it is deposed, and Terraform destroys it"
                + " with the next apply\n");
  }

  private CommandResult export(List<String> resources, String... options) throws IOException {
    Path state = folder.resolve("terraform.tfstate");
    Files.writeString(
        state, "{\"version\": 4, \"resources\": [" + String.join(",", resources) + "]}");
    List<String> arguments =
        new ArrayList<>(List.of("export", "--from-terraform", state.toString()));
    arguments.addAll(List.of(options));
    return CommandResult.of(arguments.toArray(String[]::new));
  }

  private static String function(String module, String arn, int memory) {
    return """
    {"module": "%s", "mode": "managed", "type": "aws_lambda_function", "name": "fn", "instances":
     [{"attributes": {"function_name": "%s", "arn": "%s", "memory_size": %d}}]}
    """
        .formatted(module, arn.substring(arn.lastIndexOf(':') + 1), arn, memory);
  }

  private static List<String> names(String yaml) {
    return Pattern.compile("(?m)^  name: (\\S+)$")
        .matcher(yaml)
        .results()
        .map(match -> match.group(1))
        .toList();
  }
}
