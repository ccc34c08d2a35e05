package dev.lambdaconfig.cli.export.source;

/** A place where functions are described: an account of AWS, a state, a template. */
public interface FunctionSource {

  /** Whether the functions are of several Regions, so that one name does not tell them apart. */
  boolean isOfSeveralRegions();

  /**
   * Reads all functions.
   *
   * @throws ExportException if it cannot go on; what was received by then is complete
   */
  void read(FunctionReceiver receiver) throws ExportException;
}
