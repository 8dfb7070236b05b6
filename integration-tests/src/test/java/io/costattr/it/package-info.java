/** Real JVMs with the real agent, one for each scenario, against real servers on loopback. */
package io.costattr.it;
