package dev.lambdaconfig.hostile;

import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.Collectors;

/**
 * The cases of one kind of hostile input, and what came of them. Each case has a seed of its own,
 * the one after that of the case before: {@code -Dhostile.seed} with the seed that a failure names
 * and {@code -Dhostile.cases=1} repeats it. A seed of {@code random} is another one in each run.
 */
public final class HostileCases {

  private static final int ALL = Integer.parseInt(property("hostile.cases", "500"));
  private static final long FIRST = first(property("hostile.seed", "1"));

  private final String kind;
  private final int count;
  private final Map<String, Integer> outcomes = new ConcurrentSkipListMap<>();

  /** A case, which returns a word for its outcome. */
  @FunctionalInterface
  public interface Case {
    /** Runs the case of a seed. */
    String run(long seed, Random random) throws Exception;
  }

  private HostileCases(String kind, int count) {
    this.kind = kind;
    this.count = count;
  }

  /** A share of all cases of a build, and at least one. */
  public static HostileCases of(String kind, int percent) {
    return new HostileCases(kind, Math.max(1, ALL * percent / 100));
  }

  private static String property(String name, String otherwise) {
    String given = System.getProperty(name, "");
    return given.isBlank() ? otherwise : given;
  }

  private static long first(String seed) {
    return seed.equals("random") ? new Random().nextInt(1 << 30) : Long.parseLong(seed);
  }

  /** The number of cases. */
  public int count() {
    return count;
  }

  /** The random numbers of the case with a number from 0. */
  public Random random(int number) {
    return new Random(seed(number) * 0x9E3779B97F4A7C15L);
  }

  /** The seed of the case with a number from 0. */
  public long seed(int number) {
    return FIRST + number;
  }

  /** Runs all cases, and prints how many had which outcome. */
  public void run(Case each) {
    for (int i = 0; i < count; i++) {
      try {
        count(each.run(seed(i), random(i)));
      } catch (Throwable e) {
        throw new AssertionError(kind + ": -Dhostile.seed=" + seed(i) + " -Dhostile.cases=1", e);
      }
    }
    print();
  }

  /** Counts an outcome of a case that {@link #run} does not run. */
  public void count(String outcome) {
    outcomes.merge(outcome, 1, Integer::sum);
  }

  /** Prints seed, number of cases, and how many had which outcome. */
  public void print() {
    System.out.printf(
        "hostile input, seed %d: %d %s: %s%n",
        FIRST,
        count,
        kind,
        outcomes.entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey())
            .collect(Collectors.joining(", ")));
  }
}
