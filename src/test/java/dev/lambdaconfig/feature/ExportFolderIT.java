package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code export} writes to a directory, and what it leaves there. */
final class ExportFolderIT {

  private static final String CANARY = "canary-4711";

  private final LambdaSimulator aws = LambdaSimulator.start();
  private final ExportRunner export = ExportRunner.of(aws.endpoint());

  @TempDir private Path temporary;

  private Path folder;

  @BeforeEach
  void createFunctions() {
    folder = temporary.resolve("a/b");
    aws.createFunction(
        FunctionSeed.zip("orders")
            .with("Timeout", 30)
            .with("Environment", Map.of("Variables", Map.of("DB_PASSWORD", CANARY))));
    aws.createFunction(FunctionSeed.zip("Mail_Sender"));
    aws.createFunction(FunctionSeed.zip("kustomization"));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  @Test
  void eachFunctionHasAFileAndAKustomizationListsThem() throws IOException {
    // When
    ExportRunner.Result result = run("--kustomization", "--namespace=team-a");

    // Then
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.out()).isEmpty();
    assertThat(files())
        .containsExactly(
            "kustomization.lfc.yaml", "kustomization.yaml", "mail-sender.31.yaml", "orders.yaml");
    assertThat(folder.resolve("kustomization.yaml"))
        .hasContent(
            """
            apiVersion: kustomize.config.k8s.io/v1beta1
            kind: Kustomization
            resources:
            - kustomization.lfc.yaml
            - mail-sender.31.yaml
            - orders.yaml
            """);
    assertThat(text("orders.yaml"))
        .contains("  namespace: team-a\n", "  timeout: 30\n")
        .doesNotContain(CANARY);
    assertThat(result.err()).doesNotContain(CANARY);
  }

  @Test
  void aSecondExportChangesNothing() throws IOException {
    // Given
    run("--kustomization", "--env-secrets");
    List<String> before = files();

    // When
    ExportRunner.Result result = run("--kustomization", "--env-secrets");

    // Then
    assertThat(result.exitCode()).isZero();
    assertThat(result.err()).contains("Done: 0 manifests written, 3 unchanged, 0 kept");
    assertThat(files()).isEqualTo(before);
  }

  @Test
  void aFileThatAPersonChangedIsKeptUnlessForced() throws IOException {
    // Given
    run("--kustomization");
    Files.writeString(folder.resolve("orders.yaml"), "mine\n");

    // When
    ExportRunner.Result kept = run("--kustomization");

    // Then
    assertThat(kept.exitCode()).isZero();
    assertThat(text("orders.yaml")).isEqualTo("mine\n");
    assertThat(kept.err())
        .contains(
            "1 file exists with another content and is kept (--force overwrites it): orders\n");

    // When
    run("--kustomization", "--force");

    // Then
    assertThat(text("orders.yaml")).contains("timeout: 30");
  }

  @Test
  void anInterruptedExportGoesOnWhereItWas() throws IOException {
    // Given
    run("--kustomization", "--env-secrets");
    Files.delete(folder.resolve("kustomization.yaml"));
    Files.delete(folder.resolve("mail-sender.31.yaml"));
    Files.writeString(folder.resolve(".orders.yaml.part"), "apiVers");
    Files.writeString(folder.resolve("orders.yaml"), "not compared\n");
    aws.requests().clear();

    // When
    ExportRunner.Result result = run("--kustomization", "--env-secrets", "--resume");

    // Then
    assertThat(result.exitCode()).as(result.err()).isZero();
    assertThat(result.err()).contains("Done: 1 manifest written, 0 unchanged, 0 kept, 2 skipped");
    assertThat(files())
        .containsExactly(
            "kustomization.lfc.yaml",
            "kustomization.yaml",
            "mail-sender.31.yaml",
            "orders.yaml",
            "secrets/orders.yaml");
    assertThat(text("kustomization.yaml")).contains("- secrets/orders.yaml\n", "- orders.yaml\n");
  }

  @Test
  void resumingNamesReadsOnlyThoseThatAreMissing() {
    // Given
    ExportRunner names = export.reading("orders\nMail_Sender\n");
    names.run("--from-file=-", "--output=" + folder);
    aws.requests().clear();

    // When
    names.run("--from-file=-", "--output=" + folder, "--resume");

    // Then
    assertThat(aws.requests().all()).isEmpty();
  }

  @Test
  void aKustomizationThatAPersonEditedIsKept() throws IOException {
    // Given
    run("--kustomization", "--prefix=orders");
    Files.writeString(
        folder.resolve("kustomization.yaml"), text("kustomization.yaml") + "patches: []\n");

    // When
    ExportRunner.Result result = run("--kustomization");

    // Then
    assertThat(text("kustomization.yaml")).endsWith("patches: []\n");
    assertThat(result.err())
        .contains(
            "kustomization.yaml has been edited and is kept: add these resources to it, or use"
                + " --force: kustomization.lfc.yaml, mail-sender.31.yaml");
  }

  @Test
  void aKustomizationOfAnEarlierExportGetsTheNewFunctions() throws IOException {
    // Given
    run("--kustomization", "--prefix=orders");

    // When
    run("--kustomization", "--prefix=Mail");

    // Then
    assertThat(text("kustomization.yaml"))
        .endsWith("resources:\n- mail-sender.31.yaml\n- orders.yaml\n");
  }

  @Test
  void filesWithValuesAreTheirOwnersOnly() throws IOException {
    // When
    ExportRunner.Result result = run("--env-secrets");
    run("--clear-env", "--force");

    // Then
    assertThat(permissions("secrets/orders.yaml")).isEqualTo("rw-------");
    assertThat(permissions("orders.yaml")).isEqualTo("rw-------");
    assertThat(permissions("mail-sender.31.yaml")).isNotEqualTo("rw-------");
    assertThat(text("secrets/orders.yaml")).contains("DB_PASSWORD: " + CANARY);
    assertThat(result.err())
        .contains("have values of environment variables: encrypt them before a commit")
        .doesNotContain(CANARY);
  }

  @Test
  void aFileThatCannotBeWrittenEndsTheExportWithWhatIsMissing() throws IOException {
    // Given
    Files.createDirectories(folder.resolve("orders.yaml/in-the-way"));

    // When
    ExportRunner.Result result = run("--force", "--kustomization");

    // Then
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err().lines().filter(line -> line.startsWith("error: ")))
        .singleElement()
        .asString()
        .contains("orders.yaml cannot be written");
    assertThat(result.err()).contains("Incomplete: ", "--resume");
    assertThat(files())
        .noneMatch(file -> file.endsWith(".part"))
        .doesNotContain("kustomization.yaml");
  }

  @Test
  void aDirectoryThatCannotExistIsReportedBeforeAnyCall() throws IOException {
    // Given
    Files.writeString(temporary.resolve("a"), "a file");

    // When
    ExportRunner.Result result = run();

    // Then
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).startsWith("error: ").contains("cannot be written");
    assertThat(aws.requests().all()).isEmpty();
  }

  private ExportRunner.Result run(String... arguments) {
    return export.run(
        Stream.concat(Stream.of("--output", folder.toString()), Stream.of(arguments))
            .toArray(String[]::new));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .sorted()
          .toList();
    }
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  private String permissions(String file) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
  }
}
