package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lambdaconfig.simulator.FunctionSeed;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** {@code export --unmanaged}: the functions that no resource of the cluster owns. */
final class UnmanagedFunctionsIT {

  @RegisterExtension final OperatorExtension operator = OperatorExtension.sweepingHourly();

  private final ResourceClient resources = operator.resources();

  @TempDir private Path folder;

  @Test
  void whatNoResourceOwnsIsListed() throws Exception {
    // Given
    givenFunctions();

    // When
    ExportRunner.Result table = export("--prefix=" + name(""), "--unmanaged");
    ExportRunner.Result json = export("--prefix=" + name(""), "--unmanaged", "-o", "json");

    // Then
    assertThat(table.exitCode()).as(table.err()).isZero();
    assertThat(table.out().lines().map(line -> line.replaceAll(" {2,}", "|")))
        .satisfiesExactly(
            line -> assertThat(line).isEqualTo("NAME|REGION|RUNTIME|MEMORY|MODIFIED|OBSERVED BY"),
            line -> assertThat(line).startsWith(name("free") + "|eu-west-1|python3.13|128|20"),
            line ->
                assertThat(line)
                    .startsWith(name("seen") + "|eu-west-1|python3.13|128|20")
                    .endsWith("|" + operator.namespace() + "/seen"));
    assertThat(new ObjectMapper().readTree(json.out()).at("/unmanaged/0/memorySize").asInt())
        .isEqualTo(128);
    assertThat(new ObjectMapper().readTree(json.out()).path("unmanaged"))
        .extracting(function -> function.path("functionArn").asText())
        .containsExactly(
            "arn:aws:lambda:eu-west-1:123456789012:function:" + name("free"),
            "arn:aws:lambda:eu-west-1:123456789012:function:" + name("seen"));
  }

  @Test
  void onlyTheseAreExportedToADirectory() throws Exception {
    // Given
    givenFunctions();

    // When
    ExportRunner.Result result =
        export("--prefix=" + name(""), "--unmanaged", "--output=" + folder);

    // Then
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(folder.toFile().list())
        .containsExactlyInAnyOrder(name("free") + ".yaml", name("seen") + ".yaml");
  }

  @Test
  void anOptionNamesTheCluster() {
    // Given
    givenFunctions();

    // When
    ExportRunner.Result result =
        ExportRunner.of(operator.aws().endpoint())
            .run(
                "--prefix=" + name(""),
                "--unmanaged",
                "--kubeconfig=" + operator.server().kubeconfig());

    // Then
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).contains(name("free")).doesNotContain(name("owned"));
  }

  @Test
  void aClusterThatNothingIsComparedWithIsRefused() {
    ExportRunner.Result result =
        ExportRunner.of(operator.aws().endpoint()).run("--context=prod", "--kubeconfig=/gone");

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains(
            "--kubeconfig and --context are about a cluster: add --unmanaged",
            "--kubeconfig: /gone cannot be read");
  }

  @Test
  void withoutAClusterNothingIsRead() {
    // Given
    operator.aws().requests().clear();
    Config nowhere =
        new ConfigBuilder(operator.server().client().getConfiguration())
            .withMasterUrl("http://127.0.0.1:1/")
            .withRequestRetryBackoffLimit(0)
            .build();

    // When
    ExportRunner.Result result =
        ExportRunner.of(operator.aws().endpoint()).in(nowhere).run("--unmanaged");

    // Then
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .startsWith("error: the resources of the cluster cannot be listed (")
        .contains("check KUBECONFIG");
    assertThat(operator.aws().requests().count("ListFunctions")).isZero();
  }

  /** One function that a resource owns, one that a resource observes, one that none names. */
  private void givenFunctions() {
    operator.givenInSync(name("owned"), "timeout: 30");
    operator.aws().createFunction(FunctionSeed.zip(name("seen")));
    operator.aws().createFunction(FunctionSeed.zip(name("free")));
    resources.apply("seen", "functionName: " + name("seen") + "\nmode: Observe\ntimeout: 30");
  }

  /** The name of a function that no other test of the cluster has. */
  private String name(String suffix) {
    return operator.namespace() + "-" + suffix;
  }

  private ExportRunner.Result export(String... arguments) {
    return ExportRunner.of(operator.aws().endpoint())
        .in(operator.server().client().getConfiguration())
        .run(arguments);
  }
}
