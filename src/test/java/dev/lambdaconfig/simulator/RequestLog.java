package dev.lambdaconfig.simulator;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * All requests in the order of their completion. A request is logged before its answer is sent.
 * Only the newest are kept, but all are counted.
 */
public final class RequestLog {

  private final ArrayDeque<LoggedRequest> kept = new ArrayDeque<>();
  private final Map<String, OperationCount> counts = new ConcurrentHashMap<>();
  private final int most;

  RequestLog(int most) {
    this.most = most;
  }

  void add(LoggedRequest request) {
    counts.computeIfAbsent(request.operation(), any -> new OperationCount()).add(request);
    synchronized (kept) {
      kept.addLast(request);
      if (kept.size() > most) {
        kept.removeFirst();
      }
    }
  }

  public List<LoggedRequest> all() {
    synchronized (kept) {
      return List.copyOf(kept);
    }
  }

  public List<LoggedRequest> where(Predicate<LoggedRequest> condition) {
    return all().stream().filter(condition).toList();
  }

  /** The requests of UpdateFunctionConfiguration with any outcome. */
  public List<LoggedRequest> updates() {
    return where(LoggedRequest::isUpdate);
  }

  public List<LoggedRequest> updatesOf(String functionName) {
    return where(each -> each.isUpdate() && functionName.equals(each.functionName()));
  }

  /** The requests of GetFunction and GetFunctionConfiguration. */
  public List<LoggedRequest> reads() {
    return where(LoggedRequest::isRead);
  }

  public List<LoggedRequest> readsOf(String functionName) {
    return where(each -> each.isRead() && functionName.equals(each.functionName()));
  }

  /**
   * The number of requests of an operation since the start or the last {@link #clear}, including
   * those no longer kept.
   */
  public long count(String operation) {
    OperationCount count = counts.get(operation);
    return count == null ? 0 : count.requests();
  }

  /** The counts by operation since the start or the last {@link #clear}. */
  SortedMap<String, OperationCount> counts() {
    return new TreeMap<>(counts);
  }

  public void clear() {
    synchronized (kept) {
      kept.clear();
      counts.clear();
    }
  }
}
