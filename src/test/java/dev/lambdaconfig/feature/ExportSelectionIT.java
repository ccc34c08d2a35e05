package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which functions {@code export} writes, and what it asks AWS for that. */
final class ExportSelectionIT {

  private final LambdaSimulator aws = LambdaSimulator.start();
  private final ExportRunner export = ExportRunner.of(aws.endpoint());

  @TempDir private Path folder;

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void allFunctionsAreListedInPages() {
    // Given
    for (int i = 0; i < 120; i++) {
      aws.createFunction(FunctionSeed.zip("fn-" + (100 + i)));
    }

    // When
    ExportRunner.Result result = export.run("--aws-max-requests-per-second=1000");

    // Then
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(names(result.out())).hasSize(120).isSorted();
    assertThat(aws.requests().count("ListFunctions")).isEqualTo(3);
    assertThat(aws.requests().all()).hasSize(3);
    assertThat(result.err()).contains("Done: 120 manifests written, 0 unchanged");
  }

  @Test
  void prefixAndRuntimeSelectWithoutFurtherCalls() {
    // Given
    aws.createFunction(FunctionSeed.zip("orders-api"));
    aws.createFunction(FunctionSeed.zip("orders-web").with("Runtime", "nodejs22.x"));
    aws.createFunction(FunctionSeed.zip("mail"));
    aws.createFunction(FunctionSeed.image("orders-image"));

    // When
    ExportRunner.Result result = export.run("--prefix", "orders-", "--runtime", "python3.13");

    // Then
    assertThat(names(result.out())).containsExactly("orders-api");
    assertThat(aws.requests().all()).hasSize(1);
  }

  @Test
  void aSelectionOfNothingSaysWhatThereIs() {
    // Given
    aws.createFunction(FunctionSeed.zip("orders-api"));
    aws.createFunction(FunctionSeed.zip("mail").with("Runtime", "nodejs22.x"));

    // When
    ExportRunner.Result result = export.run("--runtime", "python3.x");

    // Then
    assertThat(result.exitCode()).isZero();
    assertThat(result.err())
        .contains(
            "no function is selected by --prefix and --runtime: 2 functions are listed, of the"
                + " runtimes nodejs22.x, python3.13\n");
  }

  @Test
  void aTagIsAskedForOfThoseThatTheOthersSelect() {
    // Given
    aws.createFunction(FunctionSeed.zip("orders-api").with("Tags", Map.of("team", "a", "x", "y")));
    aws.createFunction(FunctionSeed.zip("orders-web").with("Tags", Map.of("team", "b")));
    aws.createFunction(FunctionSeed.zip("mail").with("Tags", Map.of("team", "a")));

    // When
    ExportRunner.Result result = export.run("--prefix=orders-", "--tag=team=a", "--tag", "x=y");

    // Then
    assertThat(names(result.out())).containsExactly("orders-api");
    assertThat(aws.requests().count("ListTags")).isEqualTo(2);
  }

  @Test
  void ofSeveralRegionsEachNameHasItsRegion() {
    // Given
    aws.createFunction(FunctionSeed.zip("orders"));
    aws.region("us-east-1").createFunction(FunctionSeed.zip("orders"));

    // When
    ExportRunner.Result result = export.run("--region", "eu-west-1,us-east-1");

    // Then
    assertThat(names(result.out())).containsExactly("orders.eu-west-1", "orders.us-east-1");
    assertThat(result.out()).contains("  region: us-east-1\n");
  }

  @Test
  void filesOfOtherToolsCanComeFromTheStandardInput() {
    ExportRunner.Result ofTemplate =
        export
            .reading("Resources: {A: {Type: AWS::Lambda::Function, Properties: {FunctionName: a}}}")
            .run("--from-sam", "-");
    ExportRunner.Result ofNoState = export.reading("{").run("--from-terraform", "-");

    assertThat(names(ofTemplate.out())).containsExactly("a");
    assertThat(ofNoState.err()).contains("error: standard input is no JSON (line 1)");
    assertThat(aws.requests().all()).isEmpty();
  }

  @Test
  void aListThatIsDeniedIsAnErrorThatNamesTheOtherWay() {
    // Given
    aws.faults()
        .on("ListFunctions")
        .always()
        .thenAnswer(
            403, "AccessDeniedException", "not authorized to perform: lambda:ListFunctions");

    // When
    ExportRunner.Result result = export.run();

    // Then
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains(
            "error: eu-west-1: the functions cannot be listed (AccessDeniedException: not"
                + " authorized to perform: lambda:ListFunctions): grant lambda:ListFunctions, or"
                + " name the functions in a file: --from-file FILE");
  }

  @Test
  void aFunctionThatIsDeletedBetweenListAndTagsIsNoError() {
    // Given
    aws.createFunction(FunctionSeed.zip("orders").with("Tags", Map.of("team", "a")));
    aws.createFunction(FunctionSeed.zip("mail").with("Tags", Map.of("team", "a")));
    aws.faults()
        .on("ListTags")
        .times(1)
        .thenAnswer(404, "ResourceNotFoundException", "Function not found");

    // When
    ExportRunner.Result result = export.run("--tag", "team=a");

    // Then
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(names(result.out())).hasSize(1);
    assertThat(result.err()).contains(" was deleted meanwhile\n");
  }

  @Test
  void throttledAndFailedCallsAreMadeAgain() {
    // Given
    aws.createFunction(FunctionSeed.zip("orders"));
    aws.faults().on("ListFunctions").times(2).thenThrottle();
    aws.faults().on("ListFunctions").times(1).thenAnswer(500, "ServiceException", "try again");

    // When
    ExportRunner.Result result = export.run();

    // Then
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(names(result.out())).containsExactly("orders");
  }

  @Test
  void anotherAccountWritesNothing() {
    // Given
    aws.createFunction(FunctionSeed.zip("orders"));

    // When
    ExportRunner.Result result =
        export.run("--account=210987654321", "--output", folder.resolve("out").toString());

    // Then
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(folder.resolve("out")).isEmptyDirectory();
    assertThat(result.err())
        .contains(
            "error: --account is 210987654321, and the functions are of account 123456789012");
  }

  @Test
  void withoutARegionThereIsNothingToList() {
    assertThat(export.withoutRegion().run().err())
        .contains("error: no Region is known: add --region, such as --region eu-west-1");
  }

  @Test
  void whatIsWrongWithOptionsIsReportedTogether() {
    assertThat(
            export
                .run(
                    "--region=europe",
                    "--account=1",
                    "--namespace=Team",
                    "--fields=timout",
                    "--env-secrets",
                    "--tag=foo",
                    "--unknown")
                .err()
                .lines())
        .containsExactly(
            "Value for option '--tag' (KEY=VALUE) should be in KEY=VALUE format but was foo",
            "Unknown option: '--unknown'",
            "--region: 'europe' is not the code of an AWS Region: write codes such as eu-west-1,"
                + " separated by commas",
            "--account: '1' is no account ID: write its 12 digits",
            "--fields: 'timout' is no field of a spec: did you mean timeout?",
            "--namespace: 'Team' is not the name of a namespace: write lower-case letters, digits"
                + " and -, such as team-a",
            "--env-secrets is about files: add --output DIR");
  }

  private static List<String> names(String yaml) {
    return Pattern.compile("(?m)^  name: (\\S+)$")
        .matcher(yaml)
        .results()
        .map((MatchResult match) -> match.group(1))
        .toList();
  }
}
