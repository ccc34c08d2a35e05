package dev.lambdaconfig.plan;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Random;

/** Random specs and functions: few values of each, so that they often meet. */
public final class Generator {

  /** No other text of a function or a spec has this in it. */
  public static final String CANARY = "c4n4ry";

  private final RandomSpec specs;
  private final RandomFunction functions;

  public Generator(long seed) {
    Random random = new Random(seed);
    this.specs = new RandomSpec(random);
    this.functions = new RandomFunction(random);
  }

  /** A spec of any of the fields, each set, cleared or absent. */
  public ObjectNode spec() {
    return specs.next();
  }

  /** A settled function in any of the shapes in which AWS answers it. */
  public ObjectNode function() {
    return functions.next();
  }

  /** The same function: sets in another order, defaults left out or put in. */
  public ObjectNode sameInOtherWords(ObjectNode answer) {
    return functions.sameInOtherWords(answer);
  }
}
