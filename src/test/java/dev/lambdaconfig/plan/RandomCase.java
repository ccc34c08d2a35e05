package dev.lambdaconfig.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lambdaconfig.model.ObservedFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One spec and one function. */
public record RandomCase(ObjectNode spec, ObjectNode answer, Generator generator) {

  private static final int CASES = 1000;

  public Desired desired() {
    return TestSpecs.desired(spec);
  }

  ObservedFunction function() {
    return TestSpecs.function(answer);
  }

  /** What AWS makes of the plan, or null if it refuses what no plan could bring about. */
  public @Nullable ObjectNode appliedOrRefused(AwsModel aws, Plan plan) {
    try {
      return aws.applied(answer, TestSpecs.json(plan.request()));
    } catch (AwsModel.Refused e) {
      return null;
    }
  }

  /** One case to look into, or few of them where each mutant is put to all: {@code -Dcases}. */
  public static boolean only() {
    return System.getProperty("seed") != null || System.getProperty("cases") != null;
  }

  /** Checks what holds for every spec and every function. */
  public static void forAll(Consumer<RandomCase> property) {
    int cases = given() == null ? Integer.getInteger("cases", CASES) : 1;
    for (long seed = first(); seed < first() + cases; seed++) {
      check(seed, property);
    }
  }

  /** Checks what holds for every valid spec and every function, in so many cases. */
  public static void forValid(int number, Consumer<RandomCase> property) {
    int valid = 0;
    int cases = given() == null ? Integer.getInteger("cases", number) : 1;
    for (long seed = first(); valid < cases; seed++) {
      valid += check(seed, property) || given() != null ? 1 : 0;
    }
  }

  private static @Nullable String given() {
    return System.getProperty("seed");
  }

  private static long first() {
    String given = given();
    return given == null ? 1 : Long.parseLong(given);
  }

  /** Checks one case, and returns whether its spec is valid. */
  private static boolean check(long seed, Consumer<RandomCase> property) {
    Generator generator = new Generator(seed);
    RandomCase each = new RandomCase(generator.spec(), generator.function(), generator);
    if (!each.desired().problems().isEmpty()) {
      return false;
    }
    try {
      property.accept(each);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "seed " + seed + ": spec " + each.spec() + ", function " + each.answer(), e);
    }
    return true;
  }
}
