package dev.lambdaconfig.controller;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.aws.KnownRegions;
import dev.lambdaconfig.aws.sdk.SdkRegions;
import dev.lambdaconfig.cli.plan.output.JsonRenderer;
import dev.lambdaconfig.cli.plan.planning.PlanInput;
import dev.lambdaconfig.cli.plan.planning.Planner;
import dev.lambdaconfig.cli.plan.planning.RuntimeSupport;
import dev.lambdaconfig.cli.plan.report.FunctionPlan;
import dev.lambdaconfig.cli.plan.report.ManifestOrigin;
import dev.lambdaconfig.cli.plan.report.PlanReport;
import dev.lambdaconfig.cli.plan.report.PlannedAction;
import dev.lambdaconfig.controller.resource.Targets;
import dev.lambdaconfig.model.source.SourceKey;
import dev.lambdaconfig.plan.AwsModel;
import dev.lambdaconfig.plan.Diff;
import dev.lambdaconfig.plan.RandomCase;
import dev.lambdaconfig.plan.TestSpecs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * {@code plan} prints what the operator sends: on generated pairs of a spec and a function, with
 * merge policies, ignored drift, values of Secrets and functions in any state. A failure prints its
 * seed; {@code -Dseed=} runs that one alone.
 */
final class PlannedRequestsTest {

  private static final int PAIRS = 1000;
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final SourceKey SECRET = SourceKey.secret("db");

  private final InMemoryController operator = new InMemoryController();
  private final Planner planner =
      new Planner(
          new Targets(new KnownRegions(Set.of(), SdkRegions::all, "eu-west-1")),
          (namespace, keys) -> operator.sources.read(requireNonNull(namespace), keys),
          RuntimeSupport.UNKNOWN,
          false,
          InMemoryController.START);

  private int updates;
  private int none;
  private int applied;

  /** A pair with its own names, so that all have room in one controller. */
  private record Pair(String name, ObjectNode spec, ObjectNode function, @Nullable String ignored) {

    static Pair of(RandomCase each, int number) {
      String name = "fn-" + number;
      Random random = new Random(number);
      ObjectNode spec = each.spec().deepCopy();
      ObjectNode function = each.answer().deepCopy();
      spec.put("functionName", name);
      function.put("FunctionName", name);
      function.put("FunctionArn", "arn:aws:lambda:eu-west-1:123456789012:function:" + name);
      if (spec.has("layers") && random.nextInt(3) == 0) {
        spec.put("layersPolicy", "Merge");
      }
      if (spec.get("environment") instanceof ObjectNode environment && environment.size() > 0) {
        if (random.nextInt(3) == 0) {
          environment.put("policy", "Merge");
        }
        if (random.nextInt(3) == 0) {
          environment.set(
              "valuesFrom",
              TestSpecs.tree("{x: [{name: FROM_DB, secretKeyRef: {name: db, key: k}}]}").get("x"));
        }
      }
      switch (random.nextInt(12)) {
        case 0 -> spec.put("mode", "Observe");
        case 1 -> spec.put("suspend", true);
        case 3 -> function.put("LastUpdateStatus", "InProgress");
        case 4 -> function.put("LastUpdateStatus", "Failed");
        case 5 -> function.put("State", "Inactive").put("StateReasonCode", "Idle");
        case 6 -> function.put("State", "Failed").put("StateReasonCode", "InvalidImage");
        default -> {}
      }
      return new Pair(
          name,
          spec,
          function,
          random.nextInt(6) == 0 ? "handler,memorySize,environment.variables.AA" : null);
    }
  }

  @Test
  void itIsTheRequestThatTheOperatorSends() {
    operator.sources.put(SECRET, Map.of("k", "c4n4ry-of-the-secret"));
    int[] number = {0};

    RandomCase.forValid(PAIRS, each -> assertSame(Pair.of(each, number[0]++)));

    if (!RandomCase.only()) {
      assertThat(updates).as("pairs with an update").isGreaterThan(500);
      assertThat(none).as("pairs without one").isGreaterThan(50);
      assertThat(applied).as("requests that were applied").isGreaterThan(500);
    }
  }

  private void assertSame(Pair pair) {
    // Given
    operator.aws.create(pair.name(), pair.function());
    LambdaFunctionConfig resource = operator.create("team-a", pair.name(), pair.spec().toString());
    if (pair.ignored() != null) {
      resource
          .getMetadata()
          .setAnnotations(Map.of(LambdaFunctionConfig.IGNORE_DRIFT, pair.ignored()));
    }
    FunctionPlan plan = plan(resource);
    JsonNode printed = printed(plan);

    // When
    InMemoryLambda.@Nullable SentUpdate sent = reconciled(resource);
    release(resource);

    // Then
    assertThat(printed.path("action").asText())
        .isEqualTo(sent == null ? plan.problem() == null ? "none" : "error" : "update");
    if (sent == null || plan.request() == null) {
      assertThat(printed.has("request")).isFalse();
      none++;
      return;
    }
    updates++;
    assertThat(plan.request().members()).isEqualTo(new TreeMap<>(sent.members()));
    ObjectNode body = TestSpecs.json(sent.members());
    if (plan.request().revisionId() != null) {
      body.put("RevisionId", sent.revisionId());
    }
    assertThat(printed.get("request")).isEqualTo(withheld(body));
    assertThat(printed.get("changes")).isNotEmpty();
    assertAppliedPlanIsEmpty(resource, pair, plan);
  }

  /** The update that the operator sends once one that may run has ended, or null. */
  private InMemoryLambda.@Nullable SentUpdate reconciled(LambdaFunctionConfig resource) {
    int before = operator.aws.requests.size();
    operator.reconcile(resource);
    if (operator.aws.requests.size() == before) {
      operator.aws.settle();
      operator.reconcile(resource);
    }
    return operator.aws.requests.size() == before ? null : operator.aws.requests.getLast();
  }

  /** Ends an update, so that it does not count among those under way. */
  private void release(LambdaFunctionConfig resource) {
    operator.aws.settle();
    operator.pass(Duration.ofMinutes(1));
    operator.reconcile(resource).delete(resource);
  }

  /** After the request that is printed, there is nothing left to print. */
  private void assertAppliedPlanIsEmpty(
      LambdaFunctionConfig resource, Pair pair, FunctionPlan plan) {
    if (plan.request() == null
        || (pair.spec().has("kmsKeyArn")
            && Diff.isKeyNotKept("kmsKeyArn", TestSpecs.function(pair.function())))) {
      // A key that AWS does not keep is sent once, which only a status remembers.
      return;
    }
    for (AwsModel aws : AwsModel.all()) {
      ObjectNode after;
      try {
        after = aws.applied(pair.function(), TestSpecs.json(plan.request().members()));
      } catch (AwsModel.Refused e) {
        continue;
      }
      after.put("LastUpdateStatus", "Successful");
      operator.aws.create(pair.name(), after);
      FunctionPlan again = plan(resource);
      assertThat(again.changes()).as("%s after %s", aws, plan.request()).isEmpty();
      assertThat(again.request()).isNull();
      assertThat(again.action()).isEqualTo(PlannedAction.NONE);
      applied++;
    }
  }

  private FunctionPlan plan(LambdaFunctionConfig resource) {
    PlanInput input =
        new PlanInput(
            new ManifestOrigin("orders.yaml", 1, "team-a", resource.getMetadata().getName()),
            resource,
            1,
            path -> 1);
    try {
      return planner
          .plan(List.of(input), functions -> functions.stream().map(operator.aws::read).toList())
          .getFirst();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode printed(FunctionPlan plan) {
    String json = new JsonRenderer().render(new PlanReport(List.of(plan), new TreeMap<>()));
    assertThat(json).doesNotContain("c4n4ry");
    try {
      return MAPPER.readTree(json).path("functions").path(0);
    } catch (JsonProcessingException e) {
      throw new AssertionError(json, e);
    }
  }

  /** A request without the values of environment variables. */
  private static ObjectNode withheld(ObjectNode body) {
    if (body.at("/Environment/Variables") instanceof ObjectNode variables) {
      List<String> names = new ArrayList<>();
      variables.fieldNames().forEachRemaining(names::add);
      names.forEach(name -> variables.put(name, "(withheld)"));
    }
    return body;
  }
}
