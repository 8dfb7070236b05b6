/** Every endpoint of OpenAI's, called by real clients, costed to the pico-dollar. */
package io.costattr.it.endpoints;
