package dev.lambdaconfig.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.decision.Decision;
import dev.lambdaconfig.decision.DecisionInput;
import dev.lambdaconfig.decision.history.Cause;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.model.Value;
import dev.lambdaconfig.plan.field.Field;
import dev.lambdaconfig.plan.field.Field.Shape;
import dev.lambdaconfig.plan.field.FieldTable;
import dev.lambdaconfig.plan.field.Member;
import dev.lambdaconfig.status.NextStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What holds for every spec and every function. A failure prints its seed; {@code -Dseed=} runs
 * that one alone.
 */
final class DiffPropertiesTest {

  @Test
  void applyingAPlanLeavesNoPlan() {
    int[] applied = {0};
    RandomCase.forAll(
        each -> {
          Desired desired = each.desired();
          Plan plan = Diff.between(desired, each.function());
          for (AwsModel aws : AwsModel.all()) {
            ObjectNode after = each.appliedOrRefused(aws, plan);
            if (after == null) {
              continue;
            }
            applied[0]++;
            Plan rest = Diff.between(desired, TestSpecs.function(after));
            assertThat(rest.differences())
                .as("%s after %s", aws, TestSpecs.json(plan.request()))
                .isEmpty();
            assertThat(rest.isEmpty()).isTrue();
          }
        });
    assertThat(applied[0])
        .as("requests that AWS takes")
        .isGreaterThanOrEqualTo(RandomCase.only() ? 0 : 1000);
  }

  @Test
  void unmanagedFieldsAreNeitherNamedNorChanged() {
    RandomCase.forAll(
        each -> {
          Desired desired = each.desired();
          Set<String> managed = new HashSet<>(desired.managedPaths());
          Plan plan = Diff.between(desired, each.function());
          assertThat(managed).containsAll(plan.fields());
          for (AwsModel aws : AwsModel.all()) {
            ObjectNode after = each.appliedOrRefused(aws, plan);
            if (after != null) {
              Map<String, Object> before = unmanaged(each.function(), managed, plan);
              assertThat(unmanaged(TestSpecs.function(after), managed, plan))
                  .as("%s after %s", aws, TestSpecs.json(plan.request()))
                  .isEqualTo(before);
            }
          }
        });
  }

  @Test
  void aPlanSendsOnlyMembersInWhichAFieldDiffers() {
    RandomCase.forAll(
        each -> {
          Plan plan = Diff.between(each.desired(), each.function());
          for (Member member : FieldTable.MEMBERS) {
            boolean named =
                member.fields().stream().anyMatch(field -> plan.fields().contains(field.path()));
            assertThat(plan.request().containsKey(member.name()))
                .as(member.name())
                .isEqualTo(named);
          }
          assertThat(FieldTable.paths()).containsSubsequence(plan.fields());
        });
  }

  @Test
  void theSameFunctionInOtherWordsDiffersInTheSameFields() {
    RandomCase.forAll(
        each -> {
          Plan one = Diff.between(each.desired(), each.function());
          ObjectNode other = each.generator().sameInOtherWords(each.answer());
          Plan same = Diff.between(each.desired(), TestSpecs.function(other));
          assertThat(same.fields()).as("%s", other).isEqualTo(one.fields());
        });
  }

  @Test
  void aSpecCopiedFromTheFunctionIsInSync() {
    RandomCase.forAll(
        each -> {
          ObjectNode copied = copied(each.function());
          Desired desired = TestSpecs.desired(copied);
          assertThat(desired.problems()).as("%s", copied).isEmpty();
          Plan plan = Diff.between(desired, each.function());
          assertThat(plan.differences()).as("%s", copied).isEmpty();
          ObjectNode other = each.generator().sameInOtherWords(each.answer());
          assertThat(Diff.between(desired, TestSpecs.function(other)).differences()).isEmpty();
        });
  }

  @Test
  void onlyListsWithoutOrderIgnoreIt() {
    RandomCase.forAll(
        each -> {
          for (Member member : FieldTable.MEMBERS) {
            for (Field field : member.fields()) {
              Value value = field.in(member.in(each.function()));
              if (!(value instanceof Value.Items items) || items.items().size() < 2) {
                continue;
              }
              List<Value> reversed = new ArrayList<>(items.items());
              Collections.reverse(reversed);
              Value other = new Value.Items(reversed);
              boolean same =
                  Objects.equals(field.normal(items, "fn", null), field.normal(other, "fn", null));
              assertThat(same).as(field.path()).isEqualTo(field.shape() == Shape.UNORDERED);
              assertThat(field.shape() == Shape.UNORDERED)
                  .as(field.path())
                  .isEqualTo(field.path().startsWith("vpcConfig."));
            }
          }
        });
  }

  @Test
  void noValueOfTheEnvironmentIsEverPrinted() {
    Instant now = Instant.EPOCH;
    RandomCase.forAll(
        each -> {
          Desired desired = each.desired();
          ObjectNode answer = each.answer();
          JsonNode variables = answer.at("/Environment/Variables");
          answer.put("StateReason", "because " + variables);
          answer.put("LastUpdateStatusReason", "because " + variables.path("AA").asText());
          ObservedFunction function = TestSpecs.function(answer);
          Plan plan = Diff.between(desired, function);
          Decision decision = new Decision.Update(plan, "r1", Cause.SpecChanged);
          DecisionInput input =
              DecisionInput.of(
                  desired, 1, new DecisionInput.Options(Duration.ofMinutes(1), false), now, 0);
          var status =
              NextStatus.after(null, 1, now)
                  .managing(desired, "eu-west-1")
                  .observed(function)
                  .decided(decision, plan);
          assertThat(
                  List.of(
                      plan.toString(),
                      plan.request().toString(),
                      plan.differences().toString(),
                      decision.toString(),
                      desired.toString(),
                      function.toString(),
                      function.configuration().at("Environment") + "",
                      input.toString(),
                      TestSpecs.spec(each.spec().toString()).toString(),
                      status.toString(),
                      io.fabric8.kubernetes.client.utils.Serialization.asJson(status)))
              .allSatisfy(text -> assertThat(text).doesNotContain(Generator.CANARY));
        });
  }

  /** Each field that the spec does not name, but for those that AWS cannot keep. */
  private static Map<String, Object> unmanaged(
      ObservedFunction function, Set<String> managed, Plan plan) {
    ObjectNode request = TestSpecs.json(plan.request());
    boolean leaves = request.has("VpcConfig") && request.at("/VpcConfig/SubnetIds").isEmpty();
    boolean formatSet = managed.contains("loggingConfig.logFormat") && request.has("LoggingConfig");
    Map<String, Object> values = new HashMap<>();
    for (Member member : FieldTable.MEMBERS) {
      for (Field field : member.fields()) {
        boolean lost =
            (leaves && member.name().equals("VpcConfig"))
                || (formatSet && field.path().endsWith("LogLevel"));
        if (!managed.contains(field.path()) && !lost) {
          Value whole = member.in(function);
          values.put(field.path(), String.valueOf(field.normal(field.in(whole), "fn", whole)));
        }
      }
    }
    return values;
  }

  /** The spec that says what the function has. */
  private static ObjectNode copied(ObservedFunction function) {
    ObjectNode spec = TestSpecs.object().put("functionName", "fn");
    for (Member member : FieldTable.MEMBERS) {
      for (Field field : member.fields()) {
        Value value = field.in(member.in(function));
        if (value == null || (value.isEmpty() && field.clearing() == Field.Clearing.REFUSED)) {
          continue;
        }
        String[] path = field.path().split("\\.", -1);
        ObjectNode parent = spec;
        for (int i = 0; i < path.length - 1; i++) {
          parent = parent.withObjectProperty(path[i]);
        }
        JsonNode tree = TestSpecs.json(Map.of("x", value)).get("x");
        parent.set(path[path.length - 1], field.shape() == Shape.MOUNTS ? mounts(tree) : tree);
      }
    }
    return spec;
  }

  private static JsonNode mounts(JsonNode answered) {
    var mounts = TestSpecs.object().putArray("x");
    answered.forEach(
        mount ->
            mounts.add(
                TestSpecs.object()
                    .put("arn", mount.path("Arn").asText())
                    .put("localMountPath", mount.path("LocalMountPath").asText())));
    return mounts;
  }
}
