package dev.lambdaconfig.cli.validate;

import static dev.lambdaconfig.cli.validate.ValidateRunner.manifest;
import static dev.lambdaconfig.cli.validate.ValidateRunner.validate;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code validate --against} says of the changes of manifests. */
final class ChangedManifestsTest {

  @TempDir private Path base;

  private ValidateRunner.Result against(String before, String after) throws IOException {
    Files.writeString(base.resolve("base.yaml"), before);
    return validate(after, "-f", "-", "--against", base.toString());
  }

  @Test
  void anotherFunctionIsAnErrorAtItsLine() throws IOException {
    String before = manifest("orders", "timeout: 5");
    String after = before.replace("functionName: orders", "functionName: payments");

    ValidateRunner.Result result = against(before, after);

    assertThat(result.exitCode()).isOne();
    assertThat(result.out())
        .startsWith(
            "stdin:5:3: error: spec.functionName: Forbidden: functionName is immutable: to manage"
                + " another function, create another LambdaFunctionConfig and delete this one");
    assertThat(validate(after, "-f", "-").exitCode()).isZero();
  }

  @Test
  void anotherRegionIsAnErrorAlsoWhereItIsAddedOrRemoved() throws IOException {
    String without = manifest("orders", "");
    String with = manifest("orders", "region: eu-west-1");

    assertThat(against(without, with).out())
        .contains("error: spec: Forbidden: region is immutable");
    assertThat(against(with, without).out())
        .contains("error: spec: Forbidden: region is immutable");
    assertThat(against(with, with).exitCode()).isZero();
  }

  @Test
  void settingsMayChangeAndResourcesMayComeAndGo() throws IOException {
    ValidateRunner.Result result =
        against(
            manifest("orders", "timeout: 5") + manifest("gone", ""),
            manifest("orders", "timeout: 6\nhandler: a.b") + manifest("new", ""));

    assertThat(result.exitCode()).as(result.out()).isZero();
  }

  /** In another namespace it is another resource. */
  @Test
  void resourcesAreToldApartByNamespace() throws IOException {
    String before = manifest("orders", "");

    assertThat(
            against(
                    before,
                    before
                        .replace("namespace: shop", "namespace: other")
                        .replace("functionName: orders", "functionName: payments"))
                .exitCode())
        .isZero();
  }

  /** A folder can have the manifests of several clusters. */
  @Test
  void ofSeveralEarlierOnesOneThatMayChangeSoIsEnough() throws IOException {
    String dev = manifest("orders", "region: eu-west-1");
    String prod = manifest("orders", "region: us-east-1");

    assertThat(against(dev + prod, prod).exitCode()).isZero();
    assertThat(against(dev + prod, manifest("orders", "region: eu-west-3")).exitCode()).isOne();
  }

  @Test
  void whatWasNoManifestIsAWarning() throws IOException {
    ValidateRunner.Result result = against("a: [\n", manifest("orders", ""));

    assertThat(result.exitCode()).isZero();
    assertThat(result.err())
        .contains(
            "base.yaml:2:1: warning: --against: nothing is compared with this: this is no YAML");
  }

  @Test
  void whatTheApiServerWouldNotHaveStoredIsNotCompared() throws IOException {
    ValidateRunner.Result result =
        against(manifest("orders", "timeout: [5]\nregion: 5"), manifest("orders", ""));

    assertThat(result.exitCode()).as(result.out()).isZero();
  }

  @Test
  void aBaseThatIsNotThereIsAUsageError() {
    ValidateRunner.Result result = validate(manifest("a", ""), "-f", "-", "--against", "none/");

    assertThat(result.exitCode()).isNotZero();
    assertThat(result.err()).contains("--against: there is no file or directory none/");
    assertThat(validate("", "-f", "-", "--against=-").err())
        .contains("--against: there is no file");
  }
}
