package dev.lambdaconfig.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.api.IgnoredField;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.field.Field;
import dev.lambdaconfig.plan.field.FieldTable;
import dev.lambdaconfig.plan.field.Member;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What holds for every spec, every function and every ignored field. A failure prints its seed;
 * {@code -Dseed=} runs that one alone.
 */
final class IgnoredDriftPropertiesTest {

  /** Every second field, one variable among them, and all of their values were applied. */
  private static Desired ignoring(RandomCase each) {
    int[] number = {each.spec().toString().hashCode() & 1};
    List<String> ignored =
        FieldTable.paths().stream()
            .filter(path -> path.equals("environment.variables") || number[0]++ % 2 == 0)
            .map(path -> path.equals("environment.variables") ? path + ".AA" : path)
            .toList();
    Desired first = ignoring(each, ignored, List.of());
    ObjectNode inSync = TestSpecs.object();
    List<IgnoredField> applied =
        first
            .ignored()
            .after(Plan.NOTHING, TestSpecs.function(inSync.put("State", "Active")), List.of())
            .reported(1);
    return ignoring(each, ignored, applied == null ? List.of() : applied);
  }

  private static Desired ignoring(
      RandomCase each, List<String> ignored, List<IgnoredField> before) {
    return each.desired()
        .ignoring(
            String.join(",", ignored),
            new IgnoredDrift.Past(before, 1, false, path -> false, Map.of(), text -> text));
  }

  @Test
  void whatIsLeftKeepsItsValueAndNothingElseDiffers() {
    int[] left = {0};
    RandomCase.forAll(
        each -> {
          Desired desired = ignoring(each);
          Plan plan = Diff.between(desired, each.function());
          left[0] += plan.left().size();
          for (AwsModel aws : AwsModel.all()) {
            ObjectNode after = each.appliedOrRefused(aws, plan);
            if (after == null) {
              continue;
            }
            ObservedFunction function = TestSpecs.function(after);
            Plan rest = Diff.between(desired, function);
            assertThat(rest.isEmpty())
                .as("%s after %s: %s", aws, TestSpecs.json(plan.request()), rest.fields())
                .isTrue();
            // One that leaves the VPC, or sets Text, has no such value any more.
            if (!plan.request().containsKey("VpcConfig")
                && !plan.request().containsKey("LoggingConfig")) {
              assertThat(rest.left()).isEqualTo(plan.left());
              assertThat(values(function, plan.left()))
                  .isEqualTo(values(each.function(), plan.left()));
            }
          }
        });
    assertThat(left[0]).as("differences that are left").isGreaterThan(RandomCase.only() ? -1 : 500);
  }

  @Test
  void whatDiffersIsTheSameWhetherOrNotItIsIgnored() {
    RandomCase.forAll(
        each -> {
          Plan ignoring = Diff.between(ignoring(each), each.function());
          Plan all = Diff.between(each.desired(), each.function());
          assertThat(ignoring.differences()).isEqualTo(all.differences());
          assertThat(all.fields()).containsAll(ignoring.fields());
          assertThat(ignoring.fields()).doesNotContainAnyElementsOf(ignoring.left());
        });
  }

  private static Map<String, String> values(ObservedFunction function, List<String> paths) {
    Map<String, String> values = new TreeMap<>();
    for (Member member : FieldTable.MEMBERS) {
      for (Field field : member.fields()) {
        Value whole = member.in(function);
        Value value = field.normal(field.in(whole), "fn", whole);
        for (String path : paths) {
          if (path.equals(field.path())) {
            values.put(path, String.valueOf(value));
          } else if (path.startsWith(field.path() + ".")) {
            values.put(
                path,
                Comparison.variables(value).get(path.substring(field.path().length() + 1))
                        instanceof Value.Secret secret
                    ? secret.text()
                    : "absent");
          }
        }
      }
    }
    return values;
  }
}
