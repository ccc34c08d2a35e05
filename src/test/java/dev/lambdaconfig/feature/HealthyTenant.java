package dev.lambdaconfig.feature;

import java.time.Duration;

/** A tenant who changes the timeout of a few functions again and again, and waits for each. */
final class HealthyTenant {

  private final Tenant tenant;
  private int timeout = 30;
  private Duration longest = Duration.ZERO;

  private HealthyTenant(Tenant tenant) {
    this.tenant = tenant;
  }

  static HealthyTenant create(OperatorExtension operator) {
    return new HealthyTenant(Tenant.of(operator, "healthy", 3));
  }

  void changeAndAwaitReady() {
    long start = System.nanoTime();
    timeout = timeout % 800 + 1;
    tenant.apply(timeout);
    tenant.awaitReady();
    Duration taken = Duration.ofNanos(System.nanoTime() - start);
    longest = longest.compareTo(taken) > 0 ? longest : taken;
  }

  void printLongestTime() {
    System.out.printf(
        "the changes of another tenant were in effect after at most %d ms%n", longest.toMillis());
  }
}
