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
 * Scripted trouble. Rules are looked at in the order in which they were made; a request is hit by
 * the first that matches, though an event, a delay, an answer and an effect on the update may come
 * together.
 */
public final class Faults {

  /** GetFunction's own quota on AWS, in requests a second. */
  private static final double GET_FUNCTION_RATE = 100;

  private final List<FaultRule> rules = new CopyOnWriteArrayList<>();
  private final Map<AccountRegion, TokenBucket> buckets = new ConcurrentHashMap<>();
  private final Map<AccountRegion, TokenBucket> getFunctionBuckets = new ConcurrentHashMap<>();
  private final InstantSource clock;
  private volatile double rate;
  private volatile CountDownLatch hanging = new CountDownLatch(1);

  Faults(InstantSource clock) {
    this.clock = clock;
  }

  /** By AWS's name of the operation. */
  public FaultScript on(String operation) {
    return new FaultScript(call -> operation.equals(call.operation()), this::register);
  }

  /** UpdateFunctionConfiguration. */
  public FaultScript onUpdates() {
    return on("UpdateFunctionConfiguration");
  }

  /** GetFunction and GetFunctionConfiguration. */
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

  /** Per account and Region, bursts of one second; GetFunction has 100 of its own, as on AWS. */
  public void rateLimit(double requestsPerSecond) {
    buckets.clear();
    getFunctionBuckets.clear();
    rate = requestsPerSecond;
  }

  public void noRateLimit() {
    rate = 0;
  }

  /** Lets go, without an answer, of all requests that hang now. */
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

  void hang() throws InterruptedException {
    hanging.await();
  }
}
