/** Quality of ranked recommendations: precision, recall and NDCG at K. */
package hindcast.ranking;
