package dev.lambdaconfig.aws;

/**
 * A receiver of the news that a function is no longer what was read of it, whatever has shown that.
 * It never throws and never waits.
 */
public interface FunctionChangeListener {

  /** The function of a resource has changed, so it is to be read. */
  void changed(String uid);
}
