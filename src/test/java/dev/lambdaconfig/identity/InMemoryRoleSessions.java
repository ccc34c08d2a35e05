package dev.lambdaconfig.identity;

import dev.lambdaconfig.model.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An STS in memory, which hands out sessions of an hour. */
public final class InMemoryRoleSessions implements RoleSessions {

  final List<Request> requests = new CopyOnWriteArrayList<>();
  final Set<String> held = ConcurrentHashMap.newKeySet();
  final List<String> unused = new CopyOnWriteArrayList<>();

  /** The Regions whose client is open. */
  final Set<String> open = ConcurrentHashMap.newKeySet();

  /** The failure of each request, or null. */
  volatile @Nullable Failure refusal;

  /** The end of the sessions that begin. */
  Function<Request, Instant> expiration = request -> Instant.MAX;

  @Override
  public Result assume(Request request) {
    requests.add(request);
    open.add(request.region());
    Failure failure = refusal;
    if (failure != null) {
      return new Refused(failure);
    }
    held.add(request.session());
    return new Assumed(request.roleArn().split(":", -1)[4], expiration.apply(request));
  }

  @Override
  public boolean isHeld(String session) {
    return held.contains(session);
  }

  @Override
  public void forget(String session) {
    held.remove(session);
  }

  @Override
  public void unused(String region) {
    unused.add(region);
    open.remove(region);
  }

  @Override
  public String partition(String region) {
    return region.startsWith("cn-") ? "aws-cn" : "aws";
  }
}
