package dev.lambdaconfig.cli.validate;

import static dev.lambdaconfig.cli.validate.ValidateRunner.manifest;
import static dev.lambdaconfig.cli.validate.ValidateRunner.validate;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code validate} prints, and how it ends. */
final class ValidateCommandTest {

  @TempDir private Path folder;

  @Test
  void validManifestsEndWith0() {
    ValidateRunner.Result result =
        validate(manifest("orders", "timeout: 5") + "{apiVersion: v1, kind: Secret}", "-f", "-");

    assertThat(result)
        .isEqualTo(
            new ValidateRunner.Result(
                0, "1 LambdaFunctionConfig: 0 errors, 0 warnings (skipped: 1 Secret)\n", ""));
  }

  @Test
  void errorsHaveTheirPlaceAndEndWith1() throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), manifest("orders", "timeout: 6000"));

    ValidateRunner.Result result = validate("", "-f", folder.toString());

    assertThat(result.exitCode()).isOne();
    assertThat(result.err()).isEmpty();
    assertThat(result.out())
        .isEqualTo(
            file
                + ":6:3: error: spec.timeout: Invalid value: 6000: spec.timeout in body should be"
                + " less than or equal to 5400\n"
                + "1 LambdaFunctionConfig: 1 error, 0 warnings\n");
  }

  @Test
  void aKustomizationThatIsNotAppliedIsNotedOnStandardError() throws IOException {
    Files.writeString(folder.resolve("a.yaml"), manifest("orders", "timeout: 6"));
    Files.writeString(folder.resolve("kustomization.yaml"), "resources: [a.yaml]\nnamePrefix: x-");

    ValidateRunner.Result result = validate("", "-f", folder.toString());

    assertThat(result.exitCode()).isZero();
    assertThat(result.err())
        .startsWith("note: " + folder.resolve("kustomization.yaml"))
        .contains("(namePrefix)");
  }

  @Test
  void warningsGoToStandardErrorAndEndWith0() {
    ValidateRunner.Result result =
        validate(
            manifest("old", "runtime: python3.8") + manifest("new", "runtime: python9.9"),
            "-f",
            "-");

    assertThat(result.exitCode()).isZero();
    assertThat(result.err())
        .startsWith("stdin:6:3: warning: spec.runtime: python3.8 is past its date: AWS has not")
        .contains("change to a supported runtime, such as ")
        .hasLineCount(1);
    assertThat(result.out()).isEqualTo("2 LambdaFunctionConfigs: 0 errors, 1 warning\n");
  }

  @Test
  void otherRuntimeDatesReplaceThoseOfTheJar() throws IOException {
    Path dates =
        Files.writeString(
            folder.resolve("dates.json"),
            "{\"runtimes\": [{\"runtime\": \"python9.9\", \"deprecated\": \"2026-11-26\","
                + " \"blockUpdate\": \"2026-12-26\", \"successor\": \"python10\"}]}");
    String manifests =
        manifest("old", "runtime: python3.8") + manifest("new", "runtime: python9.9");

    assertThat(validate(manifests, "-f", "-", "--runtime-dates", dates.toString()).err())
        .isEqualTo(
            "stdin:13:3: warning: spec.runtime: python9.9 is past its date: AWS has not patched it"
                + " since 2026-11-26, and refuses updates of Zip functions from 2026-12-26 on:"
                + " change to a supported runtime, such as python10\n");
  }

  @Test
  void runtimeDatesThatCannotBeReadAreAUsageError() throws IOException {
    Path dates = Files.writeString(folder.resolve("dates.json"), "[]");

    for (String file : new String[] {dates.toString(), folder.resolve("none").toString()}) {
      ValidateRunner.Result result = validate("", "-f", "-", "--runtime-dates", file);
      assertThat(result.err()).contains("--runtime-dates: " + file + ": it ");
      assertThat(result.exitCode()).isNotZero();
    }
  }

  @Test
  void twoResourcesOfOneNameAndTwoOwnersOfOneFunctionAreErrors() {
    String twice = manifest("orders", "timeout: 5");
    String other = manifest("other", "timeout: 5");

    assertThat(
            validate(
                    twice
                        + twice
                        + other.replace("functionName: other", "functionName: 'orders:$LATEST'")
                        + manifest("third", "region: eu-west-1")
                        + manifest("fourth", "")
                            .replace(
                                "functionName: fourth",
                                "functionName:"
                                    + " arn:aws:lambda:eu-west-1:123456789012:function:third"),
                    "-f",
                    "-")
                .out())
        .contains(
            "stdin:10:12: error: metadata.name: shop/orders is also in stdin:1, and",
            "stdin:19:3: error: spec.functionName: the function of shop/other is also that of"
                + " stdin:1, and the operator lets only the older resource own it",
            "the function of shop/fourth is also that of stdin:22")
        .contains("3 errors");
  }

  @Test
  void functionsOfSeveralAccountsMayHaveOneName() {
    String arn = "functionName: arn:aws:lambda:eu-west-1:%s:function:f";
    ValidateRunner.Result result =
        validate(
            manifest("a", "").replace("functionName: a", arn.formatted("111111111111"))
                + manifest("b", "").replace("functionName: b", arn.formatted("222222222222"))
                + manifest("c", "serviceAccountName: one")
                    .replace("functionName: c", "functionName: f")
                + manifest("d", "serviceAccountName: two")
                    .replace("functionName: d", "functionName: f"),
            "-f",
            "-");

    assertThat(result.exitCode()).as(result.out()).isZero();
  }

  @Test
  void filesOfSeveralClustersAreComparedWithinEach() throws IOException {
    Files.writeString(folder.resolve("dev.yaml"), manifest("orders", "timeout: 5"));
    Files.writeString(folder.resolve("prod.yaml"), manifest("orders", "timeout: 9"));

    assertThat(validate("", "-f", folder.toString()).exitCode()).isOne();
    assertThat(validate("", "-f", folder.toString(), "--separate-files").exitCode()).isZero();
  }

  @Test
  void whatOnlyTheOperatorRefusesIsAnError() {
    String ignoring =
        manifest("a", "timeout: 5")
            .replace(
                "namespace: shop",
                "namespace: shop, annotations: {lambdaconfig.dev/ignore-drift: tiemout}");

    ValidateRunner.Result result =
        validate(ignoring + manifest("b", "region: eu-wset-1"), "-f", "-");

    assertThat(result.out())
        .contains("stdin:3:", "error: metadata.annotations: ", "tiemout")
        .contains("error: spec: the Region eu-wset-1 is unknown")
        .contains("2 errors");
    assertThat(
            validate(manifest("b", "region: eu-wset-1"), "-f", "-", "--regions=eu-wset-1")
                .exitCode())
        .isZero();
  }

  @Test
  void aFileThatIsNoYamlIsAnError() {
    ValidateRunner.Result result = validate("a: [\n", "-f", "-", "-f", "none.yaml");

    assertThat(result.exitCode()).isOne();
    assertThat(result.out()).contains("stdin:2:1: error: this is no YAML", "none.yaml:1:1: error:");
  }

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES)
  void countlessErrorsEndTheValidation() {
    String manifests =
        IntStream.range(0, 12_000)
            .mapToObj(i -> manifest("A" + i, "timeout: 0"))
            .collect(Collectors.joining());

    ValidateRunner.Result result = validate(manifests, "-f", "-");

    assertThat(result.exitCode()).isOne();
    assertThat(result.out())
        .contains("there are more than 10000 findings")
        .hasLineCount(Validation.MOST_FINDINGS + 2);
  }

  @Test
  void noFileIsAUsageError() {
    assertThat(validate("").err()).contains("-f is missing: name files or directories");
    assertThat(validate("", "-f", "").err())
        .contains("-f has an empty value", "that is not set: name files or directories");
    assertThat(validate("").exitCode()).isNotZero();
  }
}
