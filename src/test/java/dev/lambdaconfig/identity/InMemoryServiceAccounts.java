package dev.lambdaconfig.identity;

import dev.lambdaconfig.identity.account.ServiceAccounts;
import dev.lambdaconfig.identity.account.WebIdentityToken;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** ServiceAccounts in memory; those that a test does not name do not exist. */
public final class InMemoryServiceAccounts implements ServiceAccounts {

  /** The answers to reads, by the names of ServiceAccounts. */
  final Map<String, Result> read = new ConcurrentHashMap<>();

  /** The answer to each request of a token. */
  volatile Result minted = new Minted(new WebIdentityToken("token", "https://issuer.example"));

  /** Thrown by each read, or null. */
  volatile @Nullable RuntimeException failure;

  final AtomicInteger reads = new AtomicInteger();
  final AtomicInteger mints = new AtomicInteger();

  /** Creates a ServiceAccount, or replaces it. */
  void put(String name, String uid, Map<String, String> annotations) {
    read.put(name, new Found(new ServiceAccount("team", name, uid, annotations, false)));
  }

  @Override
  public Result read(String namespace, String name) {
    reads.incrementAndGet();
    RuntimeException thrown = failure;
    if (thrown != null) {
      throw thrown;
    }
    return read.getOrDefault(name, new Missing());
  }

  @Override
  public Result mint(ServiceAccount account, String audience) {
    mints.incrementAndGet();
    return minted;
  }
}
