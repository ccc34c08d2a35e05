package dev.lambdaconfig.decision.ownership;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * AWS's last answer to an identity about a function: that it may be read, or that it is denied or
 * does not exist.
 *
 * @param account the account in the function's ARN; null where there is none, or after a denial
 * @param since the number of the first such answer in a row
 * @param last the number of the last answer
 */
public record ReadProof(boolean readable, @Nullable String account, long since, long last) {

  /** The proof of an answer after an earlier one, or after none. */
  static ReadProof after(
      @Nullable ReadProof before, boolean readable, @Nullable String account, long number) {
    long since =
        before != null && before.readable == readable && Objects.equals(before.account, account)
            ? before.since
            : number;
    return new ReadProof(readable, account, since, number);
  }

  /** Whether it was denied after another identity could read it, so that this is up to date. */
  boolean isDeniedSince(ReadProof other) {
    return !readable && last > other.since;
  }
}
