package dev.lambdaconfig.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The image as an archive, and the commands of its operator: {@code mvn -Pimage verify}. */
final class ImageIT {

  private static final long MOST_BYTES = 150_000_000;

  /** A command in the list of {@code --help}. */
  private static final Pattern COMMAND = Pattern.compile("(?m)^ {2}([a-z][a-z-]*) {2,}\\S");

  private static final Pattern LOADED =
      Pattern.compile("(?m)\\] (\\S+) source: (shared objects file|jrt:|file:)");

  @TempDir private static Path folder = Path.of("");

  private static List<UnpackedImage> unpacked = List.of();

  @BeforeAll
  static void unpack() throws Exception {
    unpacked = List.of(UnpackedImage.unpack(folder.resolve("root")));
  }

  private static UnpackedImage image() {
    return unpacked.getFirst();
  }

  private static Container container() throws Exception {
    return Container.of(image(), folder.resolve("tmp"));
  }

  @Test
  void theArchiveHoldsTheSameLayersForOciAndForDocker() throws Exception {
    // Given
    List<String> layers = new ArrayList<>();
    List<String> plain = new ArrayList<>();

    // When
    for (JsonNode layer : image().manifest().path("layers")) {
      String digest = layer.path("digest").asText();
      layers.add("blobs/" + digest.replace(':', '/'));
      plain.add(UnpackedImage.digest(image().plain(digest)));
    }

    // Then
    image()
        .files()
        .forEach(
            (name, content) -> {
              if (name.startsWith("blobs/")) {
                assertThat(UnpackedImage.digest(content).replace(':', '/'))
                    .isEqualTo(name.substring("blobs/".length()));
              }
            });
    assertThat(texts(image().config().at("/rootfs/diff_ids"))).isEqualTo(plain);
    assertThat(texts(image().dockerManifest().path("Layers"))).isEqualTo(layers);
    assertThat(texts(image().dockerManifest().path("RepoTags")))
        .singleElement()
        .asString()
        .startsWith("lambda-config-operator:");
    assertThat(Files.size(UnpackedImage.ARCHIVE)).isLessThanOrEqualTo(MOST_BYTES);
  }

  @Test
  void itsConfigurationFitsARestrictedPod() throws Exception {
    JsonNode config = image().config();

    assertThat(config.at("/config/User").asText()).isEqualTo("65532:65532");
    assertThat(config.at("/config/ExposedPorts").has("8080/tcp")).isTrue();
    assertThat(config.at("/config/Labels").path("org.opencontainers.image.version").asText())
        .isNotEmpty();
    assertThat(texts(config.path("history"))).hasSameSizeAs(texts(config.at("/rootfs/diff_ids")));
    assertThat(texts(config.at("/config/Entrypoint")))
        .startsWith("/opt/java/bin/java", "@/app/jvm.options")
        .endsWith("-jar", "/app/lambda-config-operator.jar");
  }

  @Test
  void rootOwnsAllFilesAndNobodyElseMayWriteThem() {
    Set<Object> times = new HashSet<>();
    for (UnpackedImage.Member member : image().members()) {
      assertThat(member.entry().getLongUserId()).isZero();
      assertThat(member.entry().getLongGroupId()).isZero();
      assertThat(member.entry().getMode() & 06000).as(member.entry().getName()).isZero();
      if (!member.entry().isSymbolicLink() && (member.entry().getMode() & 01000) == 0) {
        assertThat(member.entry().getMode() & 022).as(member.entry().getName()).isZero();
      }
      times.add(member.entry().getLastModifiedTime());
    }

    assertThat(times).hasSize(1);
  }

  @Test
  void scannersFindThePackagesAndTheUser() throws Exception {
    Path status = image().root().resolve("var/lib/dpkg/status.d");

    assertThat(Files.readString(status.resolve("libc6"))).contains("Package: libc6\n", "Version: ");
    assertThat(status.resolve("libc6.md5sums")).isNotEmptyFile();
    assertThat(Files.readString(image().root().resolve("etc/os-release"))).contains("ID=debian");
    assertThat(Files.readString(image().root().resolve("etc/passwd"))).contains("nonroot:x:65532:");
    assertThat(image().root().resolve("etc/ssl/certs/ca-certificates.crt")).isNotEmptyFile();
    try (Stream<Path> licences = Files.list(image().root().resolve("usr/share/doc"))) {
      assertThat(licences).hasSizeGreaterThan(3);
    }
  }

  @Test
  void eachCommandShowsItsHelp() throws Exception {
    // Given
    String help = container().runOperator(Map.of(), "--help");
    List<String> commands =
        COMMAND.matcher(help).results().map((MatchResult found) -> found.group(1)).toList();

    // Then
    assertThat(help).endsWith("exit code 0");
    assertThat(commands).contains("run");
    for (String command : commands) {
      if (!command.equals("help")) {
        assertThat(container().runOperator(Map.of(), command, "--help"))
            .as(command)
            .contains("Usage:", command)
            .endsWith("exit code 0");
      }
    }
    assertThat(container().runOperator(Map.of(), "--version")).contains("lambda-config-operator ");
  }

  @Test
  void javaTrustsThePublicAuthorities() throws Exception {
    try (var list =
        container()
            .start(
                Map.of(),
                List.of("/opt/java/bin/keytool", "-list", "-cacerts", "-storepass", "changeit"))) {
      assertThat(list.exitsWithin(Duration.ofMinutes(1))).isTrue();
      assertThat(list.log().filter(line -> line.contains("trustedCertEntry")).count())
          .as(list.tail())
          .isGreaterThan(100);
    }
  }

  @Test
  void classesComeFromTheArchive() throws Exception {
    // When
    String said =
        container().runOperator(Map.of("JAVA_TOOL_OPTIONS", "-Xlog:class+load"), "warm-up");

    // Then
    assertThat(said).endsWith("exit code 0").doesNotContain("[warning][cds]", "[warning][aot]");
    List<String> elsewhere = new ArrayList<>();
    List<String> archived = new ArrayList<>();
    LOADED
        .matcher(said)
        .results()
        .forEach(
            found ->
                (found.group(2).startsWith("shared") ? archived : elsewhere).add(found.group(1)));
    assertThat(archived).contains("dev.lambdaconfig.cli.Main").hasSizeGreaterThan(5000);
    // An archive has no classes of formats as old as picocli's, nor what implements them.
    assertThat(elsewhere.stream().filter(name -> !name.startsWith("picocli.")))
        .hasSizeLessThan(archived.size() / 20);
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(each -> texts.add(each.asText()));
    return texts;
  }
}
