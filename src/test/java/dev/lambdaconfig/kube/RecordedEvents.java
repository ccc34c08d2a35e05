package dev.lambdaconfig.kube;

import dev.lambdaconfig.api.LambdaFunctionConfig;
import dev.lambdaconfig.status.Notice;
import java.util.ArrayList;
import java.util.List;

/** A recorder that keeps all Events for a test. */
public final class RecordedEvents implements EventRecorder {

  /** The Events, in order. */
  public final List<Notice> all = new ArrayList<>();

  /** The names of the resources that they are about, in order. */
  public final List<String> about = new ArrayList<>();

  /** The keys of the Events that are recorded once, in order. */
  public final List<String> keys = new ArrayList<>();

  @Override
  public void record(LambdaFunctionConfig about, Notice notice) {
    all.add(notice);
    this.about.add(about.getMetadata().getName());
  }

  @Override
  public void recordOnce(LambdaFunctionConfig about, String key, Notice notice) {
    record(about, notice);
    keys.add(key);
  }

  @Override
  public void close() {}
}
