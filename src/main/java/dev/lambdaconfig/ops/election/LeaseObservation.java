package dev.lambdaconfig.ops.election;

import io.fabric8.kubernetes.api.model.coordination.v1.LeaseSpec;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A Lease as it was last read, and since when it has been read like that.
 *
 * <p>As in client-go, the validity counts from when this process first saw the record, by its own
 * steady clock. Compared with the time in the record, a clock that is ahead would end the Lease of
 * a leader that renews it.
 *
 * @param spec the record, or null for one without content
 * @param since nanoseconds of the steady clock
 */
record LeaseObservation(@Nullable LeaseSpec spec, long since) {

  /** Returns the observation after another read. */
  LeaseObservation then(@Nullable LeaseSpec read, long now) {
    return Objects.equals(spec, read) ? this : new LeaseObservation(read, now);
  }

  /** Returns the holder, or an empty text if there is none. */
  String holder() {
    return spec == null ? "" : Objects.requireNonNullElse(spec.getHolderIdentity(), "");
  }

  /** Returns whether any candidate can take the Lease: nobody holds it, or it has expired. */
  boolean isFree(long now) {
    return holder().isEmpty() || now - since >= validity().toNanos();
  }

  private Duration validity() {
    Integer seconds = spec == null ? null : spec.getLeaseDurationSeconds();
    return seconds == null ? LeaseElector.LEASE : Duration.ofSeconds(seconds);
  }
}
