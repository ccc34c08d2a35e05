package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.cli.manifest.Manifest;
import dev.lambdaconfig.cli.manifest.ManifestSet;
import dev.lambdaconfig.cli.manifest.Manifests;
import dev.lambdaconfig.cli.validate.schema.AdmissionCheck;
import dev.lambdaconfig.cli.validate.schema.FieldError;
import dev.lambdaconfig.hostile.HostileCases;
import dev.lambdaconfig.hostile.HostileJson;
import dev.lambdaconfig.plan.TestSpecs;
import dev.lambdaconfig.text.WholeText;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The command {@code validate --against} has the same verdict on the change of a resource as the
 * API server: accepted or refused, and for the same fields and reasons.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ValidateChangeVerdictIT {

  private final Admission admission = new Admission(ValidateChangeVerdictIT.class);
  private final AdmissionCheck check = new AdmissionCheck();
  private int resources;

  private AdmissionVerdict assertSame(ObjectNode before, String after) {
    GenericKubernetesResource existing =
        admission.apply("changed-" + resources++, before.toString());
    AdmissionVerdict server = admission.verdictOnChange(existing, after);
    ManifestSet changed = read(after);
    List<ObjectNode> earlier =
        read(before.toString()).manifests().stream().map(Manifest::tree).toList();
    List<FieldError> errors = new ArrayList<>();
    changed.manifests().forEach(each -> errors.addAll(check.errors(each.tree(), earlier)));
    AdmissionVerdict own = AdmissionVerdict.of(changed, errors);

    String all =
        "API server: %s%nvalidate: %s%n%s%n%s".formatted(server.text(), own.text(), before, after);
    String cut = all.substring(0, Math.min(5000, all.length()));
    assertThat(own.isAccepted()).as(cut).isEqualTo(server.isAccepted());
    if (own.causes() != null && server.causes() != null) {
      assertThat(own.causes()).as(cut).isEqualTo(server.causes());
    }
    return own;
  }

  private static ManifestSet read(String spec) {
    return Manifests.read(
        List.of("-"),
        new ByteArrayInputStream(ManifestCorpus.json(spec).getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          functionName: a | functionName: a, timeout: 5 | true
          functionName: a | functionName: b | false
          functionName: a | functionName: 'a:$LATEST' | false
          functionName: a, region: eu-west-1 | functionName: a, region: eu-west-2 | false
          functionName: a, region: eu-west-1 | functionName: a | false
          functionName: a | functionName: a, region: eu-west-1 | false
          functionName: a, region: eu-west-1 | functionName: b | false
          functionName: a | functionName: b, timeout: 0 | false
          functionName: a | functionName: b, timeout: true | false
          functionName: a | functionName: b, mode: Other | false
          functionName: a | timeout: 5 | false
          functionName: a, timeout: 5 | functionName: a | true
          """)
  void onChangesOfTheFunction(String before, String after, boolean isAccepted) {
    AdmissionVerdict verdict =
        assertSame(
            TestSpecs.tree("{" + before + "}"), TestSpecs.tree("{" + after + "}").toString());

    assertThat(verdict.isAccepted()).isEqualTo(isAccepted);
  }

  @Test
  void onGeneratedChanges() {
    List<SchemaRule> rules =
        Stream.of(SettingRules.all(), ReferenceRules.all(), BlockRules.all())
            .flatMap(List::stream)
            .filter(rule -> rule.passing().length() + rule.failing().length() < 2000)
            .toList();
    HostileCases.of("changes that validate and API server judge", 60)
        .run(
            (seed, random) -> {
              ObjectNode before = TestSpecs.tree(rules.get(random.nextInt(rules.size())).passing());
              SchemaRule other = rules.get(random.nextInt(rules.size()));
              ObjectNode after =
                  TestSpecs.tree(random.nextInt(3) > 0 ? other.passing() : other.failing());
              if (random.nextInt(2) == 0) {
                after.set("functionName", before.get("functionName"));
              }
              ObjectNode sent =
                  random.nextInt(3) == 0 ? new HostileJson(random, 400).mutated(after) : after;
              AdmissionVerdict verdict =
                  assertSame(before, WholeText.of(new HostileJson(random, 400).text(sent)));
              return verdict.isAccepted() ? "accepted" : "refused alike";
            });
  }
}
