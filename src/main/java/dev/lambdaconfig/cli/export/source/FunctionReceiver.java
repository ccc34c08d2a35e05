package dev.lambdaconfig.cli.export.source;

import dev.lambdaconfig.cli.export.manifest.DeclaredFunction;
import dev.lambdaconfig.model.ObservedFunction;
import org.jspecify.annotations.Nullable;

/** The receiver of the functions of a source. */
public interface FunctionReceiver {

  /**
   * Whether a function is still needed: a source spares the calls that only this one costs.
   *
   * @param name the bare name
   */
  boolean needs(String name, String region);

  /**
   * Receives a function.
   *
   * @param function the function as AWS described it, or null where AWS was not asked
   */
  void received(DeclaredFunction declared, @Nullable ObservedFunction function)
      throws ExportException;

  /** Receives a function that is not to be exported, and why, for people: it is counted. */
  void skipped(String message);

  /** Receives what is left out although it is as it should be, for people. */
  void leftOut(String message);

  /** Receives a failure that others do not depend on: the export goes on, and ends with 1. */
  void failed(String message);

  /** Receives how far the source is, for people. */
  void progress(String message);
}
