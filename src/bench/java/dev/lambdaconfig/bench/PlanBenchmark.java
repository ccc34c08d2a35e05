package dev.lambdaconfig.bench;

import dev.lambdaconfig.api.LambdaFunctionConfigSpec;
import dev.lambdaconfig.decision.Decider;
import dev.lambdaconfig.decision.DecisionInput;
import dev.lambdaconfig.decision.Judgement;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.ObservedFunction;
import dev.lambdaconfig.plan.Desired;
import dev.lambdaconfig.plan.Diff;
import dev.lambdaconfig.plan.Plan;
import dev.lambdaconfig.plan.TestSpecs;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a plan costs once the function has been read: time and memory, neither clock nor I/O. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PlanBenchmark {

  private static final int LARGE = 100;

  /** A function of ten settings, alike; with another timeout; and alike with 100 variables. */
  @Param({"in-sync", "one-field", "large-environment"})
  public String function = "in-sync";

  private LambdaFunctionConfigSpec spec = TestSpecs.spec("{}");
  private Desired desired = Desired.of(spec);
  private ObservedFunction observed = TestSpecs.function("{}");
  private Answer answer = new Answer.Described(observed);
  private DecisionInput input = input(desired);

  /** Parses once: that is not what is measured. */
  @Setup
  public void prepare() {
    int variables = function.equals("large-environment") ? LARGE : 8;
    spec =
        TestSpecs.spec(
            """
            {runtime: python3.13, handler: app.handler, timeout: 30, memorySize: 256,
             description: orders worker, role: "arn:aws:iam::123456789012:role/lambda-role",
             layers: ["arn:aws:lambda:eu-west-1:123456789012:layer:deps:7"],
             vpcConfig: {subnetIds: [subnet-1, subnet-2], securityGroupIds: [sg-1]},
             tracingConfig: {mode: Active},
             environment: {variables: {%s}}}
            """
                .formatted(variables(variables)));
    desired = Desired.of(spec);
    observed =
        TestSpecs.function(
            """
            {Runtime: python3.13, Handler: app.handler, Timeout: %d, MemorySize: 256,
             Description: orders worker, Role: "arn:aws:iam::123456789012:role/lambda-role",
             Layers: [{Arn: "arn:aws:lambda:eu-west-1:123456789012:layer:deps:7", CodeSize: 10}],
             VpcConfig: {SubnetIds: [subnet-2, subnet-1], SecurityGroupIds: [sg-1], VpcId: vpc-1},
             TracingConfig: {Mode: Active}, EphemeralStorage: {Size: 512},
             LoggingConfig: {LogFormat: Text, LogGroup: /aws/lambda/fn},
             Environment: {Variables: {%s}}}
            """
                .formatted(function.equals("one-field") ? 3 : 30, variables(variables)));
    answer = new Answer.Described(observed);
    input = input(desired);
  }

  private static String variables(int count) {
    return IntStream.range(0, count)
        .mapToObj(number -> "VARIABLE_" + number + ": value-of-variable-" + number)
        .collect(Collectors.joining(", "));
  }

  private static DecisionInput input(Desired desired) {
    return DecisionInput.of(
            desired,
            2,
            new DecisionInput.Options(Duration.ofMinutes(1), false),
            Instant.parse("2026-01-01T00:00:00Z"),
            0.5)
        .with(
            new DecisionInput.Before(
                1L, "arn:aws:lambda:eu-west-1:123456789012:function:fn", null, null, null));
  }

  /** What a spec wants. */
  @Benchmark
  public Desired read() {
    return Desired.of(spec);
  }

  /** The comparison alone. */
  @Benchmark
  public Plan diff() {
    return Diff.between(desired, observed);
  }

  /** The whole decision on an answer of AWS. */
  @Benchmark
  public Judgement decide() {
    return Decider.afterRead(input, answer);
  }
}
