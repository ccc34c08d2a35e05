package dev.lambdaconfig.controller.ownership;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.authorization.Policy;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.account.CallLimits;
import dev.lambdaconfig.controller.InMemoryLambda;
import dev.lambdaconfig.controller.ownership.Kin.Namesake;
import dev.lambdaconfig.controller.resource.Authorization;
import dev.lambdaconfig.controller.resource.InMemoryCache;
import dev.lambdaconfig.controller.resource.ResourceCache;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.model.Answer;
import dev.lambdaconfig.model.identity.Identity;
import dev.lambdaconfig.plan.TestSpecs;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The steps that very many resources of one function cost: their number grows with that of the
 * resources, not with its square, or one tenant would hold up all others.
 */
final class ManyNamesakesTest {

  private static final int MANY = 2000;

  /** The most steps for each resource: a few searches of eleven comparisons each, and less. */
  private static final int STEPS_OF_EACH = 300;

  private static final Duration OF_ONE_EVENT = Duration.ofMillis(1);

  private final Map<ResourceID, LambdaFunctionConfig> cached = new HashMap<>();
  private final PriorityQueue<Task> tasks = new PriorityQueue<>();
  private long now;
  private long steps;

  private final RateLimitedLambda lambda =
      new RateLimitedLambda(
          new InMemoryLambda(),
          new InMemoryLambda(),
          new CallLimits(100),
          () -> 0,
          RateLimitedLambda.Listeners.NONE);
  private final ResourceCache cache = new ResourceCache(ManagedResource.TARGETS);
  private final Claims claims = claims();

  private record Task(long due, Runnable work) implements Comparable<Task> {
    @Override
    public int compareTo(Task other) {
      return Long.compare(due, other.due);
    }
  }

  /** Counts what is read. */
  private final class CountingCache implements IndexerResourceCache<LambdaFunctionConfig> {
    private final InMemoryCache all = new InMemoryCache(cached);

    @Override
    public void addIndexers(Map<String, Function<LambdaFunctionConfig, List<String>>> added) {
      all.addIndexers(added);
    }

    @Override
    public List<LambdaFunctionConfig> byIndex(String index, String key) {
      List<LambdaFunctionConfig> found = all.byIndex(index, key);
      steps += found.size();
      return found;
    }

    @Override
    public Optional<LambdaFunctionConfig> get(ResourceID id) {
      steps++;
      return all.get(id);
    }

    @Override
    public Stream<ResourceID> keys() {
      return all.keys();
    }

    @Override
    public Stream<LambdaFunctionConfig> list(Predicate<LambdaFunctionConfig> predicate) {
      return all.list(predicate);
    }

    @Override
    public Stream<LambdaFunctionConfig> list(
        String namespace, Predicate<LambdaFunctionConfig> predicate) {
      return all.list(namespace, predicate);
    }
  }

  private Claims claims() {
    cache.connect(new CountingCache());
    lambda.recordHome(ClaimedFunction.HOME);
    Authorization authorization = new Authorization(this::policy, ManagedResource.TARGETS);
    return new Claims(
        new Claimants(cache, OperatorMode.ENFORCE, authorization, lambda),
        lambda,
        new Claims.ClaimTriggers(
            uid -> steps++,
            (uid, delay) -> steps++,
            (delay, task) -> tasks.add(new Task(now + delay.toNanos(), task))),
        () -> now,
        this::compare);
  }

  private Policy policy() {
    steps++;
    return Policy.ALLOW_ALL;
  }

  private int compare(Namesake one, Namesake other) {
    steps++;
    return Namesake.BY_AGE.compare(one, other);
  }

  @Test
  void ofOneIdentity() {
    assertThat(stepsOf(i -> "timeout: 9", true)).isLessThan(MANY * STEPS_OF_EACH);
  }

  @Test
  void ofAnIdentityForEach() {
    assertThat(stepsOf(i -> "timeout: 9, serviceAccountName: writer-" + i, true))
        .isLessThan(MANY * STEPS_OF_EACH);
  }

  @Test
  void ofAnIdentityForEachThatMayNotReadTheFunction() {
    assertThat(stepsOf(i -> "timeout: 9, serviceAccountName: writer-" + i, false))
        .isLessThan(MANY * STEPS_OF_EACH);
  }

  @Test
  void ofAnInventedAccountForEach() {
    assertThat(
            stepsOf(
                i ->
                    "timeout: 9, functionName: 'arn:aws:lambda:eu-west-1:%012d:function:fn'"
                        .formatted(i),
                false))
        .isLessThan(MANY * STEPS_OF_EACH);
  }

  @Test
  void thatAreSuspended() {
    assertThat(stepsOf(i -> "timeout: 9, suspend: true", false)).isLessThan(MANY * STEPS_OF_EACH);
  }

  /**
   * The steps of the events, reconciles and deletions of many, beside one that owns the function.
   */
  private long stepsOf(IntFunction<String> spec, boolean readable) {
    ManagedResource owner = new ManagedResource("team-b", "owner", "{timeout: 9}");
    owner.resource.getMetadata().setCreationTimestamp("2026-01-01T00:30:00Z");
    create(owner);
    List<ManagedResource> many =
        new ArrayList<>(
            IntStream.range(0, MANY)
                .mapToObj(i -> resource(i, "{" + spec.apply(i) + "}"))
                .toList());
    claims.answered(owner.resource, null, new Answer.Described(TestSpecs.function("{}")));
    for (ManagedResource one : many) {
      create(one);
      pass();
      answer(one, readable);
      claims.of(one.reconciliation());
    }
    for (ManagedResource one : many) {
      claims.of(one.reconciliation());
      claims.isShared(one.resource);
    }
    Collections.shuffle(many, new Random(1));
    for (ManagedResource one : many) {
      delete(one);
      pass();
    }
    pass(Duration.ofMinutes(10));
    assertThat(claims.of(owner.reconciliation())).isInstanceOf(Claims.Owned.class);
    return steps;
  }

  /** Half of them are older than the owner. */
  private static ManagedResource resource(int i, String spec) {
    ManagedResource resource = new ManagedResource("team-a", "r-" + i, spec);
    resource
        .resource
        .getMetadata()
        .setCreationTimestamp(ManagedResource.NOW.plusSeconds(3600L * i / MANY).toString());
    return resource;
  }

  private void create(ManagedResource one) {
    cached.put(ResourceID.fromResource(one.resource), one.resource);
    claims.created(one.resource);
  }

  private void answer(ManagedResource one, boolean readable) {
    String account = Objects.requireNonNull(one.resource.getSpec()).serviceAccountName();
    if (readable) {
      claims.answered(
          one.resource, identity(account), new Answer.Described(TestSpecs.function("{}")));
    } else if (!Objects.requireNonNull(one.resource.getSpec()).suspends()) {
      claims.refused(one.resource);
    }
  }

  private static @Nullable Identity identity(@Nullable String account) {
    return account == null
        ? null
        : new Identity("team-a", account, ClaimedFunction.HOME, account + "#1");
  }

  /** As the event of a deletion, and the end of a reconcile that finds it gone, do. */
  private void delete(ManagedResource one) {
    cached.remove(ResourceID.fromResource(one.resource));
    claims.rest(one.uid());
    claims.forget(one.resource);
    claims.announce(one.resource);
    claims.forget(one.resource);
  }

  private void pass() {
    pass(OF_ONE_EVENT);
  }

  private void pass(Duration time) {
    now += time.toNanos();
    while (!tasks.isEmpty() && tasks.element().due() <= now) {
      tasks.remove().work().run();
    }
  }
}
