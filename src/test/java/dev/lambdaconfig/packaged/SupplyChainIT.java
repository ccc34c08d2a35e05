package dev.lambdaconfig.packaged;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;

/** What is said about the content of the jar: the bill of materials beside it, and its licences. */
final class SupplyChainIT {

  private static final Path JAR = Path.of(requireNonNull(System.getProperty("operator.jar")));

  /** Such as {@code (MIT) SLF4J API Module (org.slf4j:slf4j-api:2.0.17 - http://www.slf4j.org)}. */
  private static final Pattern LISTED =
      Pattern.compile("\\([^()]+\\) .*\\(([\\w.-]+:[\\w.-]+:[\\w.-]+) - \\S+\\)");

  private static final String TEXTS = "META-INF/licenses/";

  @Test
  void theBillOfMaterialsAndTheLicencesNameTheSameArtifacts() throws IOException {
    // Given
    Set<String> components = new TreeSet<>();
    for (JsonNode component : components()) {
      components.add(
          component.path("group").asText()
              + ":"
              + component.path("name").asText()
              + ":"
              + component.path("version").asText());
    }

    // Then
    Set<String> listed = new TreeSet<>();
    LISTED
        .matcher(inJar("META-INF/THIRD-PARTY.txt"))
        .results()
        .forEach(line -> listed.add(line.group(1)));
    assertThat(listed).hasSizeGreaterThan(50);
    if (!components.isEmpty()) {
      assertThat(listed).isEqualTo(components);
    }
  }

  @Test
  void eachComponentHasALicenceAndAHash() throws IOException {
    assertThat(components())
        .allSatisfy(
            component -> {
              assertThat(component.path("licenses")).as("%s", component).isNotEmpty();
              assertThat(component.path("hashes")).as("%s", component).isNotEmpty();
            });
  }

  @Test
  void nothingOfTheTestsIsListed() throws IOException {
    assertThat(inJar("META-INF/THIRD-PARTY.txt")).doesNotContain("junit", "assertj", "archunit");
  }

  /** Apache's licence is that of the jar itself. */
  @Test
  void theJarHasTheTextOfEachOtherLicence() throws IOException {
    // Given
    Set<String> texts = new TreeSet<>();
    try (JarFile jar = new JarFile(JAR.toFile())) {
      jar.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.startsWith(TEXTS) && name.endsWith(".txt"))
          .forEach(name -> texts.add(name.substring(TEXTS.length(), name.length() - 4)));
    }
    Set<String> needed = new TreeSet<>();
    int broughtAlong = 0;

    // When
    List<MatchResult> others =
        LISTED
            .matcher(inJar("META-INF/THIRD-PARTY.txt"))
            .results()
            .filter(line -> !line.group().contains("(Apache-2.0)"))
            .toList();
    for (MatchResult other : others) {
      String[] artifact = other.group(1).split(":", -1);
      // One text for all artifacts of a project.
      String name =
          texts.stream().filter(artifact[1]::startsWith).findFirst().orElse("none: " + artifact[1]);
      needed.add(name);
      String own = ownText(artifact[1] + "-" + artifact[2] + ".jar");
      if (!own.isEmpty()) {
        assertThat(inJar(TEXTS + name + ".txt")).isEqualToNormalizingNewlines(own);
        broughtAlong++;
      }
    }

    // Then
    assertThat(texts).isEqualTo(needed).hasSizeGreaterThan(5);
    assertThat(broughtAlong).isPositive();
    for (String text : texts) {
      assertThat(inJar(TEXTS + text + ".txt")).containsPattern("AS\\s+IS");
    }
  }

  /** The text that an artifact brings with it; empty if there is none. */
  private static String ownText(String jar) throws IOException {
    for (URL text :
        Collections.list(
            SupplyChainIT.class.getClassLoader().getResources("META-INF/LICENSE.txt"))) {
      if (text.toString().contains("/" + jar + "!")) {
        try (InputStream in = text.openStream()) {
          return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
      }
    }
    return "";
  }

  @Test
  void theJarHasItsOwnLicenceAndTheNoticesOfOthers() throws IOException {
    assertThat(inJar("META-INF/LICENSE")).isEqualTo(Files.readString(Path.of("LICENSE")));
    assertThat(inJar("META-INF/NOTICE")).contains("Apache Software Foundation", "Jackson");
  }

  /** Of the machine only the versions of Java, which a rebuild needs. */
  @Test
  void theManifestNamesTheJavaOfTheBuildAndNothingElseOfTheMachine() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      Attributes attributes = jar.getManifest().getMainAttributes();
      assertThat(attributes.keySet())
          .extracting(Object::toString)
          .contains("Build-Jdk-Spec")
          .doesNotContain("Built-By", "Build-Jdk", "Build-Time", "Build-OS");
      assertThat(attributes.getValue("Implementation-Version")).isNotEmpty();
    }
  }

  /** The components of the bill of materials; none after an offline build, which makes no bill. */
  private static JsonNode components() throws IOException {
    Path file = JAR.resolveSibling(JAR.getFileName().toString().replace(".jar", ".cdx.json"));
    if (!Files.exists(file)) {
      assertThat(System.getProperty("maven.settings"))
          .as("%s is missing", file)
          .isEqualTo("offline=true");
      return MissingNode.getInstance();
    }
    JsonNode bill = new ObjectMapper().readTree(file.toFile());
    assertThat(bill.path("bomFormat").asText()).isEqualTo("CycloneDX");
    assertThat(bill.at("/metadata/component/name").asText()).isEqualTo("lambda-config-operator");
    return bill.path("components");
  }

  private static String inJar(String name) throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      ZipEntry entry = requireNonNull(jar.getEntry(name), () -> "no " + name);
      return new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
