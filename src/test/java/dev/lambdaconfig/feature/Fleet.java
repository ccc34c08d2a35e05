package dev.lambdaconfig.feature;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.api.LambdaFunctionConfigStatus;
import dev.lambdaconfig.api.StatusCondition;
import dev.lambdaconfig.simulator.FunctionSeed;
import dev.lambdaconfig.simulator.LoggedRequest;
import dev.lambdaconfig.status.Conditions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** Many functions, and a resource of the same name for each. */
final class Fleet {

  /**
   * Upper bound of each wait; generous, because many things happen on a machine that may be busy.
   */
  static final Duration PATIENCE = Duration.ofMinutes(2);

  /** Number of parallel requests; more do not make the API server faster. */
  private static final int AT_A_TIME = 8;

  private final OperatorExtension operator;
  private final List<String> names;

  private Fleet(OperatorExtension operator, List<String> names) {
    this.operator = operator;
    this.names = List.copyOf(names);
  }

  /** Functions {@code f-000}, {@code f-001} and so on, without resources. */
  static Fleet of(OperatorExtension operator, int size, UnaryOperator<FunctionSeed> seed) {
    List<String> names =
        IntStream.range(0, size).mapToObj(number -> "f-%03d".formatted(number)).toList();
    names.forEach(name -> operator.aws().createFunction(seed.apply(FunctionSeed.zip(name))));
    return new Fleet(operator, names);
  }

  /** Functions with a timeout of 30 seconds, and resources that are Ready with it. */
  static Fleet inSync(OperatorExtension operator, int size) throws InterruptedException {
    Fleet fleet = of(operator, size, seed -> seed.with("Timeout", 30));
    fleet.apply("timeout: 30");
    fleet.awaitReady();
    return fleet;
  }

  List<String> names() {
    return names;
  }

  /** The functions from one number, inclusive, to another one, exclusive. */
  Fleet part(int from, int to) {
    return new Fleet(operator, names.subList(from, to));
  }

  /** Other functions of the same simulated AWS, in any Region. */
  Fleet named(List<String> others) {
    return new Fleet(operator, others);
  }

  /** Applies a manifest for each function, with these settings. */
  void apply(String settings) throws InterruptedException {
    apply(name -> settings);
  }

  void apply(Function<String, String> settings) throws InterruptedException {
    each(
        name ->
            operator
                .resources()
                .apply(name, "functionName: " + name + "\n" + settings.apply(name)));
  }

  /** Performs an action for each function, several in parallel. */
  void each(Consumer<String> action) throws InterruptedException {
    List<Future<?>> actions = new ArrayList<>();
    try (ExecutorService hands = Executors.newFixedThreadPool(AT_A_TIME)) {
      names.forEach(name -> actions.add(hands.submit(() -> action.accept(name))));
      for (Future<?> one : actions) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IllegalStateException("the API server took not all of it", e);
    }
  }

  void awaitReady() {
    await("to be Ready for their generation", Fleet::isReady);
  }

  static boolean isReady(LambdaFunctionConfig resource) {
    StatusCondition ready = condition(resource, Conditions.READY);
    return ready != null
        && ready.status().equals("True")
        && Objects.equals(ready.observedGeneration(), resource.getMetadata().getGeneration());
  }

  /** Returns when all resources have reached a state at the same time. */
  void await(String what, Predicate<LambdaFunctionConfig> reached) {
    Awaitility.await(names.size() + " resources " + what)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(250))
        .untilAsserted(
            () -> {
              List<LambdaFunctionConfig> now = resources();
              assertThat(now).hasSize(names.size());
              assertThat(now.stream().filter(resource -> !reached.test(resource)))
                  .extracting(
                      resource ->
                          resource.getMetadata().getName()
                              + ": "
                              + condition(resource, Conditions.READY))
                  .as("are not there yet")
                  .isEmpty();
            });
  }

  /** The current resources, by one list request. */
  List<LambdaFunctionConfig> resources() {
    return operator
        .server()
        .client()
        .resources(LambdaFunctionConfig.class)
        .inNamespace(operator.namespace())
        .list()
        .getItems()
        .stream()
        .filter(resource -> names.contains(resource.getMetadata().getName()))
        .toList();
  }

  /** Requires that each function has that timeout in AWS. */
  void requireTimeout(int seconds) {
    for (String name : names) {
      assertThat(operator.aws().function(name).get("Timeout").asInt()).as(name).isEqualTo(seconds);
    }
  }

  /** The number of resources by the reason of their condition Ready. */
  Map<String, Long> readyReasons() {
    return resources().stream()
        .map(resource -> condition(resource, Conditions.READY))
        .map(ready -> ready == null ? "(absent)" : ready.reason())
        .collect(Collectors.groupingBy(reason -> reason, Collectors.counting()));
  }

  /** The resourceVersion of each resource, which changes with every write. */
  Map<String, String> versions() {
    return resources().stream()
        .collect(
            Collectors.toMap(
                resource -> resource.getMetadata().getName(),
                resource -> resource.getMetadata().getResourceVersion()));
  }

  /**
   * The number of updates that AWS has carried out, by function; functions without any are left
   * out.
   */
  Map<String, Long> applied() {
    return updates().stream()
        .filter(LoggedRequest::applied)
        .collect(
            Collectors.groupingBy(
                update -> Objects.requireNonNull(update.functionName()), Collectors.counting()));
  }

  /** The updates of its functions, with any outcome. */
  Collection<LoggedRequest> updates() {
    return operator
        .aws()
        .requests()
        .where(request -> request.isUpdate() && names.contains(request.functionName()));
  }

  static @Nullable StatusCondition condition(LambdaFunctionConfig resource, String type) {
    LambdaFunctionConfigStatus status = resource.getStatus();
    return status == null ? null : Conditions.find(status.conditions, type);
  }
}
