package dev.lambdaconfig.cli.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was to be validated and is not there is a problem, not an empty set of manifests. */
final class OddSourcesTest {

  private static final String POD = "{apiVersion: v1, kind: Pod}\n";

  @TempDir private Path folder = Path.of("");

  private static ManifestSet stdin(String text) {
    return Manifests.read(
        List.of("-"), new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static ManifestSet read(Object... sources) {
    return Manifests.read(
        Stream.of(sources).map(Object::toString).toList(), InputStream.nullInputStream());
  }

  private ManifestSet directory() throws IOException {
    Files.writeString(folder.resolve("pod.yaml"), POD);
    return read(folder);
  }

  private static List<String> problems(ManifestSet set) {
    return set.problems().stream().map(ManifestProblem::toString).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "---\n# Source: chart/templates/none.yaml\n---\n"})
  void aStandardInputWithoutManifests(String text) {
    assertThat(problems(stdin(text)))
        .containsExactly(
            "stdin:1:1: the standard input has no manifest: check the command that writes to it, or"
                + " name files or directories that have some");
  }

  @ParameterizedTest
  @ValueSource(strings = {POD, "{apiVersion: v1, kind: List, items: []}"})
  void otherKindsAndEmptyListsAreManifests(String text) {
    assertThat(stdin(text).problems()).isEmpty();
  }

  /** Such as what a command has left that failed before it wrote anything. */
  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "# none\n---\n"})
  void aNamedFileWithoutManifests(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("out.yaml"), text);

    assertThat(problems(read(file, file, folder.resolve("./out.yaml"))))
        .containsExactly(
            file
                + ":1:1: this file has no manifest: check the command that writes it, or name files"
                + " or directories that have some");
  }

  @Test
  void anEmptyFileBesideOthersIsNoProblemAndAloneItIs() throws IOException {
    Files.writeString(folder.resolve("none.yaml"), "# later\n");

    assertThat(problems(read(folder)))
        .containsExactly(
            folder
                + ":1:1: this directory has no manifest, for its files are empty: write some,"
                + " or name files or directories that have some");
    assertThat(problems(directory())).isEmpty();
    assertThat(problems(read(folder.resolve("pod.yaml"), folder))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE"})
  void utf16WithoutAMark(String encoding) throws IOException {
    Path file = Files.write(folder.resolve("a.yaml"), POD.getBytes(Charset.forName(encoding)));

    assertThat(problems(read(file)))
        .containsExactly(file + ":1:1: this is UTF-16: save the file as UTF-8");
  }

  @Test
  void aStandardInputThatCannotBeReadHasAReason() {
    InputStream directory =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("Is a directory");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            return read();
          }
        };

    assertThat(problems(Manifests.read(List.of("-"), directory)))
        .containsExactly(
            "stdin:1:1: this cannot be read (Is a directory): name files or directories, or pipe"
                + " manifests to -f -");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none.yaml", "x.yaml"})
  void aLinkThatLeadsNowhere(String target) throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("x.yaml"), folder.resolve(target));

    assertThat(problems(directory()))
        .containsExactly(
            link + ":1:1: this is a link to a file that is not there: correct or remove it");
  }

  @Test
  void aPipe() throws Exception {
    Path pipe = folder.resolve("pipe.yaml");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();

    assertThat(problems(directory()))
        .containsExactly(
            pipe
                + ":1:1: this is a pipe, a socket or a device, which is not read in a directory:"
                + " name it after -f, or move it elsewhere");
  }

  @Test
  void locksOfEditorsAndLinksToOtherFilesAreNoProblems() throws IOException {
    Files.createSymbolicLink(folder.resolve(".#pod.yaml"), Path.of("someone@host.123:456"));
    Files.createSymbolicLink(folder.resolve("directory.yaml"), folder);
    Files.createSymbolicLink(folder.resolve("notes.txt"), Path.of("none"));
    Files.createSymbolicLink(folder.resolve("pod2.yaml"), Path.of("pod.yaml"));

    assertThat(directory().problems()).isEmpty();
  }
}
