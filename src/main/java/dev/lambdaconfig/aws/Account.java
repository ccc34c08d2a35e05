package dev.lambdaconfig.aws;

import dev.lambdaconfig.aws.limit.AccountQuota;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/** One account in one Region: the quota of its calls, and what is known of its rights. */
final class Account {

  private final AccountQuota quota;
  private final LongSupplier nanos;
  private final AtomicLong deniedUntil;

  Account(AccountQuota quota, LongSupplier nanos) {
    this.quota = quota;
    this.nanos = nanos;
    this.deniedUntil = new AtomicLong(nanos.getAsLong());
  }

  AccountQuota quota() {
    return quota;
  }

  /** Whether GetFunction may be called, as far as is known: see docs/aws.md#get-function. */
  boolean mayGetFunction() {
    return nanos.getAsLong() - deniedUntil.get() >= 0;
  }

  /** Records that GetFunction was refused. Returns whether that is news. */
  boolean deny(Duration time) {
    long now = nanos.getAsLong();
    return now - deniedUntil.getAndSet(now + time.toNanos()) >= 0;
  }
}
