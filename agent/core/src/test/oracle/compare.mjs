// Prices what OracleTest asks by an independent price list. A line in, a line out:
//   provider TAB model TAB instant TAB unit=quantity unit=quantity ...   ->   USD, or "unknown"
import { createInterface } from "node:readline";
import { calcPrice } from "@pydantic/genai-prices";

for await (const line of createInterface({ input: process.stdin })) {
  const [providerId, model, at, units] = line.split("\t");
  const usage = {};
  for (const unit of units.split(" ")) {
    const [name, quantity] = unit.split("=");
    usage[name] = Number(quantity);
  }
  let answer = "unknown";
  try {
    const price = calcPrice(usage, model, { providerId, timestamp: new Date(at) });
    if (price !== null) {
      answer = price.total_price.toFixed(12);
    }
  } catch (fault) {
    answer = `unknown: ${String(fault).replaceAll("\n", " ")}`;
  }
  process.stdout.write(`${answer}\n`);
}
