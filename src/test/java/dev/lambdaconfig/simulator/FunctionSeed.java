package dev.lambdaconfig.simulator;

import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * A function that a test creates. Members are those of CreateFunction, and follow its rules.
 *
 * @param settled whether its creation is over; else it is Pending for the usual time
 */
public record FunctionSeed(String name, ObjectNode members, boolean settled) {

  public static final String ROLE = "arn:aws:iam::123456789012:role/app";

  /** Creates the seed of a Zip function on python3.13 without further settings. */
  public static FunctionSeed zip(String name) {
    ObjectNode members = Json.object("Role", ROLE);
    members.put("Runtime", "python3.13").put("Handler", "app.handler");
    return new FunctionSeed(name, members, true);
  }

  public static FunctionSeed image(String name) {
    ObjectNode members = Json.object("Role", ROLE).put("PackageType", "Image");
    members.set(
        "Code", Json.object("ImageUri", "123456789012.dkr.ecr.eu-west-1.amazonaws.com/app:1"));
    return new FunctionSeed(name, members, true);
  }

  /** Sets a member; {@code value} is a string, number, boolean, list, map or JSON tree. */
  public FunctionSeed with(String member, Object value) {
    ObjectNode changed = members.deepCopy();
    changed.set(member, Json.valueOf(value));
    return new FunctionSeed(name, changed, settled);
  }

  /** Sets all members of a JSON object, by AWS's names. */
  public FunctionSeed with(String json) {
    ObjectNode changed = members.deepCopy();
    changed.setAll(Json.parse(json));
    return new FunctionSeed(name, changed, settled);
  }

  public FunctionSeed pending() {
    return new FunctionSeed(name, members, false);
  }
}
