package dev.lambdaconfig.controller.ownership;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.authorization.Policy;
import dev.lambdaconfig.aws.RateLimitedLambda;
import dev.lambdaconfig.aws.account.CallLimits;
import dev.lambdaconfig.controller.InMemoryLambda;
import dev.lambdaconfig.controller.resource.Authorization;
import dev.lambdaconfig.controller.resource.InMemoryCache;
import dev.lambdaconfig.controller.resource.ResourceCache;
import dev.lambdaconfig.controller.state.ManagedResource;
import dev.lambdaconfig.controller.trigger.PolicyTrigger;
import dev.lambdaconfig.debug.StateSizes;
import dev.lambdaconfig.decision.OperatorMode;
import dev.lambdaconfig.decision.ownership.Claimant;
import dev.lambdaconfig.decision.ownership.Claimant.Part;
import dev.lambdaconfig.decision.ownership.Ownership;
import dev.lambdaconfig.decision.ownership.OwnershipRule;
import dev.lambdaconfig.kube.RestoreFinalizer;
import dev.lambdaconfig.model.FunctionKey;
import dev.lambdaconfig.model.identity.Identity;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Resources that name one function, and whatever can happen to them and to their identities. */
final class RandomNamesakes {

  private static final FunctionKey FUNCTION = new FunctionKey("eu-west-1", "fn");
  private final Map<ResourceID, LambdaFunctionConfig> cached = new HashMap<>();
  private final Map<String, ManagedResource> resources = new HashMap<>();
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Random random;
  private final RandomSpecs specs;
  private final boolean atOnce;
  private final int sessions;
  private int number;
  private Policy policy = Policy.ALLOW_ALL;

  private final RateLimitedLambda lambda =
      new RateLimitedLambda(
          new InMemoryLambda(),
          new InMemoryLambda(),
          new CallLimits(100),
          () -> 0,
          RateLimitedLambda.Listeners.NONE);
  private final ResourceCache cache = new ResourceCache(ManagedResource.TARGETS);
  private final Authorization authorization =
      new Authorization(() -> policy, ManagedResource.TARGETS);
  private final Claimants claimants =
      new Claimants(cache, OperatorMode.ENFORCE, authorization, lambda);
  private final Claims claims;

  /** What each resource has seen of its right when it was last reconciled. */
  private final Map<String, Ownership> seen = new HashMap<>();

  /**
   * Creates none.
   *
   * @param atOnce whether an announcement runs at once, or at a later time
   * @param sessions of each identity: with another one, what the former one was answered is dropped
   *     before it is answered anew
   */
  RandomNamesakes(long seed, boolean atOnce, int sessions) {
    this.random = new Random(seed);
    this.specs = new RandomSpecs(random);
    this.sessions = sessions;
    this.atOnce = atOnce;
    cache.connect(new InMemoryCache(cached));
    if (random.nextBoolean()) {
      lambda.recordHome(ClaimedFunction.HOME);
    }
    claims =
        new Claims(
            claimants,
            lambda,
            new Claims.ClaimTriggers(
                this::reconcile, (uid, delay) -> reconcile(uid), (delay, task) -> run(task)),
            () -> 0);
  }

  private void run(Runnable task) {
    if (atOnce) {
      task.run();
    } else {
      tasks.add(task);
    }
  }

  /** Lets something happen. */
  void happen() {
    ManagedResource one = any();
    if (one == null || random.nextInt(5) == 0) {
      create("r-" + number++ % 20);
      return;
    }
    switch (random.nextInt(8)) {
      case 0 -> delete(one);
      case 1, 2 -> change(one);
      case 3 -> hold(one);
      case 4 -> judge();
      default -> read(one);
    }
    Runnable due = random.nextInt(3) == 0 ? tasks.poll() : null;
    if (due != null) {
      due.run();
    }
  }

  private @Nullable ManagedResource any() {
    List<ManagedResource> all = List.copyOf(resources.values());
    return all.isEmpty() ? null : all.get(random.nextInt(all.size()));
  }

  private void create(String name) {
    String namespace = specs.oneOf(List.of("team-a", "team-b"));
    ManagedResource former = resources.get(namespace + "/" + name);
    if (former != null) {
      delete(former);
    }
    ManagedResource created = new ManagedResource(namespace, name, specs.spec());
    created.resource.getMetadata().setUid("uid-" + number);
    created
        .resource
        .getMetadata()
        .setCreationTimestamp(ManagedResource.NOW.plusSeconds(number).toString());
    put(created);
    claims.created(created.resource);
    reconcile(created.resource.getMetadata().getUid());
  }

  private void put(ManagedResource resource) {
    ResourceID id = ResourceID.fromResource(resource.resource);
    cached.put(id, resource.resource);
    resources.put(id.getNamespace().orElseThrow() + "/" + id.getName(), resource);
  }

  private void delete(ManagedResource one) {
    ResourceID id = ResourceID.fromResource(one.resource);
    cached.remove(id);
    resources.remove(id.getNamespace().orElseThrow() + "/" + id.getName());
    String uid = one.resource.getMetadata().getUid();
    seen.remove(uid);
    claims.rest(uid);
    claims.forget(one.resource);
    claims.announce(one.resource);
  }

  /** Changes what may be changed: everything but the name of the function. */
  private void change(ManagedResource one) {
    ManagedResource now = RandomSpecs.copy(one, specs.spec(RandomSpecs.spelling(one)));
    now.resource.getMetadata().setGeneration(one.resource.getMetadata().getGeneration() + 1);
    replace(one, now);
  }

  /** Deletes one that a finalizer holds. */
  private void hold(ManagedResource one) {
    ManagedResource now = RandomSpecs.copy(one, specs.spec(RandomSpecs.spelling(one)));
    now.resource.getMetadata().setGeneration(one.resource.getMetadata().getGeneration() + 1);
    now.deleted(random.nextBoolean() ? RestoreFinalizer.NAME : "example.com/held");
    replace(one, now);
  }

  private void replace(ManagedResource before, ManagedResource now) {
    put(now);
    if (claims.changed(now.resource, before.resource)) {
      claims.announce(now.resource);
    }
    reconcile(now.resource.getMetadata().getUid());
  }

  private void judge() {
    Policy before = policy;
    policy = before.equals(RandomSpecs.NARROW) ? Policy.ALLOW_ALL : RandomSpecs.NARROW;
    new PolicyTrigger(authorization, cache, claims, this::reconcile).changed(before);
  }

  private @Nullable Identity identity(ManagedResource one) {
    String account = Objects.requireNonNull(one.resource.getSpec()).serviceAccountName();
    String session = account + "#" + random.nextInt(sessions);
    return account == null
        ? null
        : new Identity(
            one.resource.getMetadata().getNamespace(), account, ClaimedFunction.HOME, session);
  }

  private void read(ManagedResource one) {
    Part part = claimants.part(one.resource);
    if (part == Part.WRITES || part == Part.READS) {
      Identity identity = identity(one);
      claims.actsAs(one.resource, identity);
      claims.answered(one.resource, identity, specs.answer(one));
      reconcile(one.resource.getMetadata().getUid());
    }
  }

  private void reconcile(String uid) {
    for (ManagedResource one : resources.values()) {
      if (one.resource.getMetadata().getUid().equals(uid)) {
        seen.put(uid, simply(one));
      }
    }
  }

  List<ManagedResource> all() {
    return List.copyOf(resources.values());
  }

  @Nullable ManagedResource some() {
    return any();
  }

  Claims.Right right(ManagedResource one) {
    return claims.of(one.reconciliation());
  }

  /** The right of a resource by the rule over all others. */
  Ownership simply(ManagedResource one) {
    return OwnershipRule.of(claimant(one), othersThan(one));
  }

  private List<Claimant> othersThan(ManagedResource one) {
    List<Claimant> others = new ArrayList<>();
    for (ManagedResource other : resources.values()) {
      if (other != one) {
        others.add(claimant(other));
      }
    }
    return others;
  }

  Claimant claimant(ManagedResource one) {
    return claimants.claimant(one.resource, FUNCTION);
  }

  boolean isSharedSimply(ManagedResource one) {
    Claimant self = claimant(one);
    return othersThan(one).stream().anyMatch(other -> !self.meansOtherThan(other.account()));
  }

  boolean isShared(ManagedResource one) {
    return claims.isShared(one.resource);
  }

  /** Those that write, and whose right is another one than they know of. */
  List<String> uninformed() {
    return all().stream()
        .filter(one -> claimants.part(one.resource) == Part.WRITES)
        .filter(one -> claimant(one).isProven())
        .filter(
            one -> isTaken(simply(one)) != isTaken(seen.get(one.resource.getMetadata().getUid())))
        .map(one -> one.resource.getMetadata().getUid())
        .toList();
  }

  private static boolean isTaken(@Nullable Ownership ownership) {
    return ownership instanceof Ownership.Taken;
  }

  /** Runs whatever is put off. */
  void settle() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }

  /** Deletes all of them, and returns what is left. */
  Map<String, Long> leftovers() {
    all().forEach(this::delete);
    settle();
    StateSizes sizes = new StateSizes();
    claims.sizes(sizes);
    return sizes.byName();
  }
}
