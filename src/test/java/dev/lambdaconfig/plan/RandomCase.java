package dev.lambdaconfig.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.model.ObservedFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One spec and one function. */
record RandomCase(ObjectNode spec, ObjectNode answer, Generator generator) {

  private static final int CASES = 1000;

  Desired desired() {
    return TestSpecs.desired(spec);
  }

  ObservedFunction function() {
    return TestSpecs.function(answer);
  }

  /** What AWS makes of the plan, or null if it refuses what no plan could bring about. */
  @Nullable ObjectNode appliedOrRefused(AwsModel aws, Plan plan) {
    try {
      return aws.applied(answer, TestSpecs.json(plan.request()));
    } catch (AwsModel.Refused e) {
      return null;
    }
  }

  /** One case to look into, or few of them where each mutant is put to all: {@code -Dcases}. */
  static boolean only() {
    return System.getProperty("seed") != null || System.getProperty("cases") != null;
  }

  /** Checks what holds for every spec and every function. */
  static void forAll(Consumer<RandomCase> property) {
    String given = System.getProperty("seed");
    long first = given == null ? 1 : Long.parseLong(given);
    int cases = given == null ? Integer.getInteger("cases", CASES) : 1;
    for (long seed = first; seed < first + cases; seed++) {
      Generator generator = new Generator(seed);
      RandomCase each = new RandomCase(generator.spec(), generator.function(), generator);
      if (!each.desired().problems().isEmpty()) {
        continue;
      }
      try {
        property.accept(each);
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "seed " + seed + ": spec " + each.spec() + ", function " + each.answer(), e);
      }
    }
  }
}
