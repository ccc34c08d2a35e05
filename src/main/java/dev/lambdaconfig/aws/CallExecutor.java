package dev.lambdaconfig.aws;

import dev.lambdaconfig.aws.limit.Reservation;
import dev.lambdaconfig.model.Failure;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes the calls that are granted. A call that is not granted is not made, and its result says how
 * long the caller is deferred.
 */
final class CallExecutor {

  private final LongSupplier nanos;
  private volatile Runnable onWaiting = () -> {};

  /**
   * Makes calls on the thread that asks.
   *
   * @param nanos a steady clock, in nanoseconds
   */
  CallExecutor(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Calls an action whenever a caller is deferred. */
  void onWaiting(Runnable action) {
    onWaiting = action;
  }

  /**
   * Makes a call if it is granted.
   *
   * @param failure the failure in an answer, or null: what it means for the limiter
   */
  <T> CallResult<T> execute(
      Reservation reservation, Supplier<T> call, Function<T, @Nullable Failure> failure) {
    return switch (announced(reservation)) {
      case Reservation.Granted granted -> {
        long began = nanos.getAsLong();
        yield new CallResult.Answered<>(GrantedCall.make(granted, call, failure), began);
      }
      case Reservation.Deferred(Duration delay) -> new CallResult.Deferred<>(delay);
      case Reservation.Unavailable(Duration delay) -> new CallResult.Unavailable<>(delay);
    };
  }

  /** Returns a reservation, after it was announced that there is a caller that waits for one. */
  Reservation announced(Reservation reservation) {
    if (reservation instanceof Reservation.Deferred) {
      onWaiting.run();
    }
    return reservation;
  }
}
