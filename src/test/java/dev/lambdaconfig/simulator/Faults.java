package dev.lambdaconfig.simulator;

import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The faults of a simulator. A request is hit by the first matching rule of each slot: an event, a
 * delay, an answer and an effect on the update may come together.
 */
public final class Faults {

  /** The quota of GetFunction in requests a second (docs/aws.md#quota). */
  private static final double GET_FUNCTION_RATE = 100;

  private final List<FaultRule> rules = new CopyOnWriteArrayList<>();
  private final Map<AccountRegion, TokenBucket> buckets = new ConcurrentHashMap<>();
  private final Map<AccountRegion, TokenBucket> getFunctionBuckets = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private final Map<AccountRegion, TokenBucket> stsBuckets = new ConcurrentHashMap<>();
  private volatile double rate;
  private volatile double stsRate;
  private volatile CountDownLatch hanging = new CountDownLatch(1);

  Faults(InstantSource clock) {
    this.clock = clock;
  }

  /** Begins a fault of an operation, by AWS's name. */
  public FaultScript on(String operation) {
    return new FaultScript(call -> operation.equals(call.operation()), this::register);
  }

  /** Begins a fault of UpdateFunctionConfiguration. */
  public FaultScript onUpdates() {
    return on("UpdateFunctionConfiguration");
  }

  /** Begins a fault of GetFunction and GetFunctionConfiguration. */
  public FaultScript onReads() {
    return new FaultScript(
        call ->
            call.operation().equals("GetFunction")
                || call.operation().equals("GetFunctionConfiguration"),
        this::register);
  }

  public FaultScript onAnything() {
    return new FaultScript(call -> true, this::register);
  }

  /**
   * Limits the requests of each account and Region, with bursts of one second; GetFunction has a
   * quota of its own (docs/aws.md#quota).
   */
  public void rateLimit(double requestsPerSecond) {
    buckets.clear();
    getFunctionBuckets.clear();
    rate = requestsPerSecond;
  }

  public void noRateLimit() {
    rate = 0;
    stsRate = 0;
  }

  /** Limits the requests to STS of each account, with bursts of one second. */
  public void rateLimitSts(double requestsPerSecond) {
    stsBuckets.clear();
    stsRate = requestsPerSecond;
  }

  /** Begins a fault of AssumeRoleWithWebIdentity and AssumeRole. */
  public FaultScript onAssumingRoles() {
    return new FaultScript(call -> StsApi.OPERATIONS.contains(call.operation()), this::register);
  }

  /** Begins a fault of STS for one role. */
  public FaultScript onAssuming(SimulatedRole role) {
    return onAssumingRoles().when(call -> role.arn().equals(call.parameter("RoleArn")));
  }

  /** Closes the connections of all hanging requests without an answer. */
  public void release() {
    CountDownLatch released = hanging;
    hanging = new CountDownLatch(1);
    released.countDown();
  }

  public void clear() {
    rules.clear();
    noRateLimit();
    release();
  }

  private FaultRule register(FaultRule rule) {
    rules.removeIf(FaultRule::isSpent);
    rules.add(rule);
    return rule;
  }

  Map<Fault.Slot, Fault> hitting(ApiCall call) {
    Map<Fault.Slot, Fault> hitting = new EnumMap<>(Fault.Slot.class);
    for (FaultRule rule : rules) {
      if (!hitting.containsKey(rule.fault().slot()) && rule.hit(call)) {
        hitting.put(rule.fault().slot(), rule.fault());
      }
    }
    return hitting;
  }

  @Nullable ApiError overRate(ApiCall call) {
    if (StsApi.OPERATIONS.contains(call.operation())) {
      return overStsRate(call);
    }
    double perSecond = rate;
    if (perSecond <= 0) {
      return null;
    }
    TokenBucket bucket =
        call.operation().equals("GetFunction")
            ? getFunctionBuckets.computeIfAbsent(
                call.accountRegion(), any -> new TokenBucket(GET_FUNCTION_RATE, clock))
            : buckets.computeIfAbsent(
                call.accountRegion(), any -> new TokenBucket(perSecond, clock));
    return bucket.take() ? null : ApiError.tooManyRequests(Duration.ofSeconds(1));
  }

  private @Nullable ApiError overStsRate(ApiCall call) {
    double perSecond = stsRate;
    if (perSecond <= 0) {
      return null;
    }
    TokenBucket bucket =
        stsBuckets.computeIfAbsent(call.accountRegion(), any -> new TokenBucket(perSecond, clock));
    return bucket.take() ? null : new ApiError(400, "Throttling", "Rate exceeded");
  }

  void hang() throws InterruptedException {
    hanging.await();
  }
}
