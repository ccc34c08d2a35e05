package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.cli.manifest.ManifestSet;
import dev.lambdaconfig.cli.manifest.Manifests;
import dev.lambdaconfig.cli.validate.schema.AdmissionCheck;
import dev.lambdaconfig.cli.validate.schema.FieldError;
import dev.lambdaconfig.hostile.HostileCases;
import dev.lambdaconfig.hostile.HostileJson;
import dev.lambdaconfig.hostile.HostileManifest;
import dev.lambdaconfig.plan.TestSpecs;
import dev.lambdaconfig.text.WholeText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The command {@code validate} has the same verdict as the API server, on the same text: accepted
 * or refused, and for the same fields and reasons.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ValidateVerdictIT {

  private static final String JSON = "application/json";
  private static final String YAML = "application/yaml";

  private final Admission admission = new Admission(ValidateVerdictIT.class);
  private final AdmissionCheck check = new AdmissionCheck();

  private static Stream<SchemaRule> rules() {
    return Stream.of(SettingRules.all(), ReferenceRules.all(), BlockRules.all(), SizeRules.all())
        .flatMap(List::stream);
  }

  private static Stream<String> manifests() throws IOException {
    return Stream.of(
            ManifestCorpus.yamlForms(), ManifestCorpus.metadata(), ManifestCorpus.unknownFields())
        .flatMap(List::stream);
  }

  private static Stream<String> documented() throws IOException {
    return ManifestCorpus.documented().stream();
  }

  private String assertSame(String contentType, String written) {
    // UTF-8 has no halves of characters.
    String manifest = WholeText.of(written);
    AdmissionVerdict server = admission.verdictOn(contentType, manifest);
    ManifestSet set =
        Manifests.read(
            List.of("-"), new ByteArrayInputStream(manifest.getBytes(StandardCharsets.UTF_8)));
    List<FieldError> errors = new ArrayList<>();
    set.manifests().forEach(each -> errors.addAll(check.errors(each.tree())));
    AdmissionVerdict own = AdmissionVerdict.of(set, errors);

    String both = "API server: %s%nvalidate: %s%n%s".formatted(server.text(), own.text(), manifest);
    String cut = both.substring(0, Math.min(5000, both.length()));
    assertThat(own.isAccepted()).as(cut).isEqualTo(server.isAccepted());
    if (own.causes() != null && server.causes() != null) {
      assertThat(own.causes()).as(cut).isEqualTo(server.causes());
      return server.isAccepted() ? "accepted" : "refused alike";
    }
    return server.causes() == null ? "refused by decoding" : "refused by reading";
  }

  @ParameterizedTest
  @MethodSource("rules")
  void onEachRuleOfTheSchema(SchemaRule rule) {
    assertSame(YAML, ManifestCorpus.manifest(rule.passing()));
    assertSame(YAML, ManifestCorpus.manifest(rule.failing()));
  }

  @ParameterizedTest
  @MethodSource("manifests")
  void onManifestsOfAnyForm(String manifest) {
    assertSame(YAML, manifest);
  }

  @ParameterizedTest
  @MethodSource("documented")
  void onAllThatIsDocumented(String manifest) {
    assertThat(assertSame(YAML, manifest)).isEqualTo("accepted");
  }

  @Test
  void onHostileManifests() {
    HostileCases.of("manifests that validate and API server judge", 60)
        .run(
            (seed, random) -> {
              HostileManifest manifest = new HostileManifest(seed, random, "fn");
              return assertSame(JSON, manifest.text());
            });
  }

  @Test
  void onCombinationsOfValidSettingsWithMistakes() {
    List<ObjectNode> good =
        rules()
            .map(rule -> TestSpecs.tree(rule.passing()))
            .filter(ValidateVerdictIT::isShort)
            .toList();
    HostileCases.of("combinations that validate and API server judge", 60)
        .run(
            (seed, random) -> {
              ObjectNode spec = combined(good, random);
              boolean isMutated = random.nextInt(3) > 0;
              ObjectNode sent = isMutated ? new HostileJson(random, 400).mutated(spec) : spec;
              return assertSame(JSON, ManifestCorpus.json(new HostileJson(random, 400).text(sent)));
            });
  }

  private static boolean isShort(ObjectNode spec) {
    return spec.toString().length() < 2000;
  }

  private static ObjectNode combined(List<ObjectNode> specs, Random random) {
    ObjectNode combined = TestSpecs.object();
    for (int i = 0; i < 4; i++) {
      combined.setAll(specs.get(random.nextInt(specs.size())));
    }
    return combined;
  }
}
