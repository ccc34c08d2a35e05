package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * The behaviour of this endpoint where that of AWS is not settled, or where other endpoints differ
 * from AWS. The defaults are the recorded or best known behaviour of AWS.
 */
public final class Dialect {

  private volatile boolean mergesLoggingConfig;
  private volatile boolean omitsRevisionId;
  private volatile boolean omitsLastUpdateStatus;
  private volatile boolean settlesAtOnce;
  private volatile boolean reversesVpcIds;

  Dialect() {}

  /**
   * Keeps the members that a partial LoggingConfig does not have, instead of resetting them
   * (docs/aws.md#logging-replaced).
   */
  public Dialect mergesLoggingConfig(boolean yes) {
    mergesLoggingConfig = yes;
    return this;
  }

  /** Omits RevisionId from all answers and ignores one that is sent, as some other endpoints do. */
  public Dialect omitsRevisionId(boolean yes) {
    omitsRevisionId = yes;
    return this;
  }

  /** Omits LastUpdateStatus and its reasons from all answers. */
  public Dialect omitsLastUpdateStatus(boolean yes) {
    omitsLastUpdateStatus = yes;
    return this;
  }

  /** Completes updates at once: their own answer is already Successful. */
  public Dialect settlesAtOnce(boolean yes) {
    settlesAtOnce = yes;
    return this;
  }

  /** Answers subnets and security groups in the reverse order (docs/aws.md#vpc-both-lists). */
  public Dialect reversesVpcIds(boolean yes) {
    reversesVpcIds = yes;
    return this;
  }

  /** A configuration as this endpoint answers it. */
  ObjectNode spoken(ObjectNode configuration) {
    if (!omitsRevisionId && !omitsLastUpdateStatus) {
      return configuration;
    }
    ObjectNode spoken = Json.shallowCopy(configuration);
    if (omitsRevisionId) {
      spoken.remove("RevisionId");
    }
    if (omitsLastUpdateStatus) {
      spoken.remove(Lifecycle.UPDATE_STATUS);
    }
    return spoken;
  }

  boolean mergesLoggingConfig() {
    return mergesLoggingConfig;
  }

  boolean omitsRevisionId() {
    return omitsRevisionId;
  }

  boolean settlesAtOnce() {
    return settlesAtOnce;
  }

  boolean reversesVpcIds() {
    return reversesVpcIds;
  }
}
