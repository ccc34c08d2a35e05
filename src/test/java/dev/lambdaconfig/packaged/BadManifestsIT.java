package dev.lambdaconfig.packaged;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LambdaSimulator;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What the packaged {@code plan} and {@code validate} say of files that are no manifests, or odd
 * ones: an error with its place, in a bounded time and memory.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
final class BadManifestsIT {

  private static final String MANIFEST =
      """
      apiVersion: lambdaconfig.dev/v1alpha1
      kind: LambdaFunctionConfig
      metadata: {name: orders}
      spec: {functionName: orders, timeout: 3}
      """;

  private static final int TOO_MUCH = 10_000_001;

  private final LambdaSimulator aws = LambdaSimulator.start();

  @TempDir private Path home = Path.of("");
  @TempDir private Path folder = Path.of("");

  @BeforeEach
  void givenTheFunction() {
    aws.createFunction(FunctionSeed.zip("orders"));
  }

  @AfterEach
  void stop() {
    aws.close();
  }

  private PlanJar.Result run(String command, String source) throws Exception {
    return PlanJar.of(home, aws.endpoint())
        .with("JAVA_TOOL_OPTIONS", "-Xmx512m")
        .run(command, "-f", source);
  }

  private String file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text).toString();
  }

  private void assertError(String command, String source, String place, String message)
      throws Exception {
    PlanJar.Result result = run(command, source);

    assertThat(result.exitCode()).as(result.out() + result.err()).isOne();
    assertThat(result.out()).contains(place).contains(message);
    assertThat(result.err()).doesNotContain("Exception", "\tat ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "validate"})
  void whatIsNoYaml(String command) throws Exception {
    String file = file("a.yaml", MANIFEST + "---\na: [b\nc: d\n");

    assertError(command, file, file + ":", "this is no YAML");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "validate"})
  void anotherVersion(String command) throws Exception {
    String file = file("a.yaml", "\n" + MANIFEST.replace("v1alpha1", "v2"));

    assertError(
        command, file, file + ":2", "there is no kind LambdaFunctionConfig of the apiVersion");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "validate"})
  void aDirectoryWithoutManifests(String command) throws Exception {
    file("README.md", "nothing here");

    assertError(command, folder.toString(), folder + ":1", "this directory has no manifest");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "validate"})
  void moreThanTenMegabytes(String command) throws Exception {
    String file = file("a.yaml", "# " + "x".repeat(TOO_MUCH));

    assertError(command, file, file + ":1", "more than 10 MB in total");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "validate"})
  void aliasesThatGrow(String command) throws Exception {
    StringBuilder text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String alias = "*a" + (i - 1);
      text.append("a%d: &a%d [%s]\n".formatted(i, i, (alias + ", ").repeat(9) + alias));
    }
    String file = file("a.yaml", text + MANIFEST);

    assertError(command, file, file + ":", "aliases");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "validate"})
  void deepNesting(String command) throws Exception {
    String file = file("a.yaml", "a: " + "[".repeat(100_000) + "]".repeat(100_000));

    assertError(command, file, file + ":1", "100");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "validate"})
  void aFileThatMayNotBeRead(String command) throws Exception {
    String file = file("a.yaml", MANIFEST);
    Files.setPosixFilePermissions(Path.of(file), PosixFilePermissions.fromString("---------"));

    PlanJar.Result result = run(command, file);

    // root may read it all the same.
    if (Files.isReadable(Path.of(file))) {
      assertThat(result.exitCode()).as(result.out()).isZero();
    } else {
      assertThat(result.exitCode()).isOne();
      assertThat(result.out()).contains(file + ":1", "check its permissions");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "validate"})
  void aNameThatIsNotThere(String command) throws Exception {
    String file = folder.resolve("none.yaml").toString();

    assertError(command, file, file + ":1", "there is no such file or directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "validate"})
  void aLinkToItself(String command) throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("a.yaml"), folder.resolve("a.yaml"));

    assertError(command, link.toString(), link + ":1", "this cannot be read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "validate"})
  void linksInADirectoryThatLeadNowhere(String command) throws Exception {
    file("a.yaml", MANIFEST);
    Path link = Files.createSymbolicLink(folder.resolve("b.yaml"), Path.of("b.yaml"));

    assertError(command, folder.toString(), link + ":1", "a link to a file that is not there");
  }

  /** A pipe is read as standard input is; one in a directory would never end. */
  @ParameterizedTest
  @ValueSource(strings = {"plan", "validate"})
  void aPipeInADirectory(String command) throws Exception {
    file("a.yaml", MANIFEST);
    Path pipe = folder.resolve("pipe.yaml");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertError(command, folder.toString(), pipe + ":1", "not read in a directory");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "validate"})
  void linksToTheirDirectoryAreNotReadInADirectory(String command) throws Exception {
    file("a.yaml", MANIFEST);
    Files.createSymbolicLink(folder.resolve("loop"), folder);

    PlanJar.Result result = run(command, folder.toString());

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.out()).containsPattern("1 unchanged|1 LambdaFunctionConfig: 0 errors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "validate"})
  void aByteOrderMarkAndLineBreaksOfWindowsAreRead(String command) throws Exception {
    String file = file("a.yaml", "\ufeff" + MANIFEST.replace("\n", "\r\n"));

    PlanJar.Result result = run(command, file);

    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"plan", "validate"})
  void whatIsNoText(String command) throws Exception {
    Path file = folder.resolve("a.yaml");
    Files.write(file, (MANIFEST + "#\u00ff").getBytes(StandardCharsets.ISO_8859_1));

    assertError(command, file.toString(), file + ":5", "from here on this is not UTF-8");
  }
}
