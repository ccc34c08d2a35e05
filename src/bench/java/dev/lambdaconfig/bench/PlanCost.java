package dev.lambdaconfig.bench;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * What one call of {@link PlanBenchmark} costs.
 *
 * @param call the method
 * @param function its parameter
 * @param error half the interval in which the mean is with 99.9 % confidence
 * @param bytes allocated
 */
record PlanCost(String call, String function, double micros, double error, double bytes) {

  private static final int WARM_UPS = 3;
  private static final int ROUNDS = 5;

  /** JMH uses what newer JVMs warn of, and older ones know no option for that. */
  private static final String[] QUIET = {
    "-XX:+IgnoreUnrecognizedVMOptions", "--sun-misc-unsafe-memory-access=allow"
  };

  private static final TimeValue ROUND = TimeValue.seconds(1);

  /** Runs JMH, which takes JVMs of its own; some one and a half minutes. */
  static List<PlanCost> measure() throws RunnerException {
    Collection<RunResult> results =
        new Runner(
                new OptionsBuilder()
                    .include(PlanBenchmark.class.getName())
                    .forks(1)
                    .jvmArgsAppend(QUIET)
                    .warmupIterations(WARM_UPS)
                    .warmupTime(ROUND)
                    .measurementIterations(ROUNDS)
                    .measurementTime(ROUND)
                    .addProfiler(GCProfiler.class)
                    .verbosity(VerboseMode.SILENT)
                    .build())
            .run();
    return results.stream().map(PlanCost::of).toList();
  }

  private static PlanCost of(RunResult result) {
    String name = result.getParams().getBenchmark();
    return new PlanCost(
        name.substring(name.lastIndexOf('.') + 1),
        result.getParams().getParam("function"),
        result.getPrimaryResult().getScore(),
        result.getPrimaryResult().getScoreError(),
        allocated(result.getSecondaryResults()));
  }

  @SuppressWarnings("rawtypes")
  private static double allocated(Map<String, Result> results) {
    return results.entrySet().stream()
        .filter(entry -> entry.getKey().endsWith("gc.alloc.rate.norm"))
        .mapToDouble(entry -> entry.getValue().getScore())
        .findFirst()
        .orElse(Double.NaN);
  }
}
